//! The name of a file, made fit to be shown and to be saved under.

use super::FileKind;

/// The longest name, in characters.
pub const LONGEST_NAME: usize = 120;

/// The name under which readers are shown a file, out of the one under which it came: without folders, without
/// characters that control or turn the text, not too long, and ending as its content demands, so that what is saved to
/// a disk opens as what it is and as nothing else.
#[must_use]
pub fn shown_name(given: &str, kind: FileKind) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String =
        last.chars().filter(|c| !is_hidden(*c)).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let plain = plain.trim_matches([' ', '.']);
    let (stem, extension) = match plain.rsplit_once('.') {
        Some((stem, extension)) if fits(kind, &extension.to_lowercase()) => {
            (stem.trim_end_matches([' ', '.']), extension)
        }
        _ => (plain, kind.extension()),
    };
    let stem = if stem.is_empty() { "未命名" } else { stem };
    let room = LONGEST_NAME - extension.chars().count() - 1;
    let stem: String = stem.chars().take(room).collect();
    format!("{stem}.{extension}")
}

/// Control characters, and those that are not seen but turn the direction of what follows or hide in it.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Whether a name of this kind may end so.
fn fits(kind: FileKind, extension: &str) -> bool {
    let also: &[&str] = match kind.extension() {
        "jpg" => &["jpeg", "jpe", "jfif"],
        "mp4" => &["m4v", "m4a", "mov"],
        "docx" => &["dotx"],
        _ => &[],
    };
    extension == kind.extension() || also.contains(&extension)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::PictureKind;

    const JPEG: FileKind = FileKind::Picture(PictureKind::Jpeg);

    #[test]
    fn a_chinese_name_with_spaces_and_brackets_stays_as_it_is() {
        for name in ["名字 带空格 和中文（测试）.jpg", "DSC_0001.JPG", "a.b.jpeg", "2026年·表.JFIF"] {
            assert_eq!(shown_name(name, JPEG), name);
        }
    }

    #[test]
    fn folders_and_hidden_characters_go() {
        for (given, shown) in [
            ("../../etc/passwd", "passwd.jpg"),
            ("C:\\Users\\li\\图.jpg", "图.jpg"),
            ("a\0b\r\nc.jpg", "abc.jpg"),
            ("照\u{202e}gpj.exe", "照gpj.exe.jpg"),
            ("..", "未命名.jpg"),
            (".jpg", "jpg.jpg"),
            ("", "未命名.jpg"),
            ("  . jpg", "jpg.jpg"),
        ] {
            assert_eq!(shown_name(given, JPEG), shown, "{given:?}");
        }
    }

    #[test]
    fn the_end_of_a_name_does_not_lie() {
        assert_eq!(shown_name("发票.exe", FileKind::Zip), "发票.exe.zip");
        assert_eq!(shown_name("页面.html", FileKind::Pdf), "页面.html.pdf");
        assert_eq!(shown_name("表.xlsx", FileKind::Office("xlsx")), "表.xlsx");
    }

    #[test]
    fn a_long_name_keeps_its_end() {
        let shown = shown_name(&format!("{}.jpg", "长".repeat(4_000)), JPEG);
        assert!(shown.chars().count() == LONGEST_NAME && shown.ends_with("长.jpg"));
    }
}
