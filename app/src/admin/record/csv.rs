//! The record as a file: UTF-8 with the mark by which Excel knows it, cells as RFC 4180 quotes them, and no cell that a
//! spreadsheet would calculate.

use super::words;
use content::record::RecordRow;

/// What the file is called, before its date.
pub const NAME: &str = words::ROOM;

/// The mark and the line of headings.
#[must_use]
pub fn head() -> String {
    ["\u{feff}", &joined(words::COLUMNS.map(str::to_owned))].concat()
}

/// One entry.
#[must_use]
pub fn line(row: &RecordRow) -> String {
    let id = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
    joined([
        row.id.to_string(),
        row.at.date_time(),
        words::who(row),
        words::action(&row.action).to_owned(),
        row.action.clone(),
        words::subject(&row.subject).to_owned(),
        id(row.subject_id),
        row.title.clone().unwrap_or_default(),
        row.before.clone(),
        row.after.clone(),
        row.address.clone(),
    ])
}

fn joined<const N: usize>(cells: [String; N]) -> String {
    let mut line = cells.map(|text| cell(&text)).join(",");
    line.push_str("\r\n");
    line
}

/// A cell: harmless, and in quotes where it has to be.
fn cell(text: &str) -> String {
    // A spreadsheet calculates what begins like a formula, and some drop what stands before it first; the apostrophe is
    // how they mark text (OWASP, CSV Injection).
    let bare = text.trim_start_matches([' ', '\u{a0}', '\u{3000}', '\u{feff}']);
    let formula = bare.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let text = if formula { ["'", text].concat() } else { text.to_owned() };
    if text.contains([',', '"', '\r', '\n', '\t', ';']) || formula {
        ["\"", &text.replace('"', "\"\""), "\""].concat()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use content::record::Who;

    #[test]
    fn cells_are_quoted_as_the_rfc_wants_and_never_calculated() {
        for (text, written) in [
            ("plain 文字", "plain 文字"),
            ("", ""),
            ("a,b", "\"a,b\""),
            ("说\"好\"", "\"说\"\"好\"\"\""),
            ("one\r\ntwo", "\"one\r\ntwo\""),
            ("=1+1", "\"'=1+1\""),
            ("+861", "\"'+861\""),
            ("-2", "\"'-2\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"'\t=1\""),
            ("  =1", "\"'  =1\""),
            ("＝1", "\"'＝1\""),
            ("{\"name\":\"=1\"}", "\"{\"\"name\"\":\"\"=1\"\"}\""),
        ] {
            assert_eq!(cell(text), written, "{text:?}");
        }
    }

    #[test]
    fn a_line_has_as_many_cells_as_there_are_headings() {
        let row = RecordRow {
            id: 7,
            at: serde_json::from_str("\"2026-11-24T10:28:49+08:00\"").unwrap(),
            who: Who::System,
            name: String::new(),
            token: String::new(),
            action: "import".to_owned(),
            subject: "article".to_owned(),
            subject_id: None,
            title: Some("=HYPERLINK(\"x\")".to_owned()),
            before: String::new(),
            after: "n".to_owned(),
            address: String::new(),
        };
        assert_eq!(line(&row), "7,2026-11-24 10:28:49,系统,导入,import,文章,,\"'=HYPERLINK(\"\"x\"\")\",,n,\r\n");
        assert!(head().starts_with("\u{feff}编号,时间,") && head().ends_with("\r\n"));
    }
}
