//! Comparing: what people are shown of two documents.

use content::{
    Document,
    document::{
        diff::{BlockChange, Piece, diff, pieces},
        text,
    },
};

fn older(pieces: &[Piece]) -> String {
    let of = |piece: &Piece| match piece {
        Piece::Same(text) | Piece::Removed(text) => text.clone(),
        Piece::Added(_) => String::new(),
    };
    pieces.iter().map(of).collect()
}

fn newer(pieces: &[Piece]) -> String {
    let of = |piece: &Piece| match piece {
        Piece::Same(text) | Piece::Added(text) => text.clone(),
        Piece::Removed(_) => String::new(),
    };
    pieces.iter().map(of).collect()
}

#[test]
fn a_changed_word_stands_between_what_is_the_same() {
    let shown = pieces("会议定于周五上午召开。", "会议定于周一上午召开。");
    let same = |text: &str| Piece::Same(text.to_owned());
    let expected = [same("会议定于周"), Piece::Removed("五".into()), Piece::Added("一".into()), same("上午召开。")];
    assert_eq!(shown, expected);
}

#[test]
fn two_texts_that_have_nothing_in_common_are_shown_one_after_the_other() {
    assert_eq!(
        pieces("春眠不觉晓", "窗前明月光"),
        [Piece::Removed("春眠不觉晓".into()), Piece::Added("窗前明月光".into())]
    );
    assert_eq!(pieces("", "新"), [Piece::Added("新".into())]);
    assert_eq!(pieces("", ""), []);
}

#[test]
fn both_texts_can_be_read_from_the_pieces() {
    let mut seed = 7_u64;
    let mut roll = |sides: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed % sides
    };
    let letters: Vec<char> = "工会要闻ab12，。 ".chars().collect();
    for _ in 0..2_000 {
        let one: String = (0..roll(30)).map(|_| letters[roll(11) as usize]).collect();
        let mut other: Vec<char> = one.chars().collect();
        for _ in 0..roll(5) {
            let at = roll(other.len() as u64 + 1) as usize;
            match roll(2) {
                0 if at < other.len() => drop(other.remove(at)),
                _ => other.insert(at, letters[roll(11) as usize]),
            }
        }
        let other: String = other.into_iter().collect();
        let shown = pieces(&one, &other);
        assert_eq!((older(&shown), newer(&shown)), (one.clone(), other.clone()), "{shown:?}");
        let kind = |piece: &Piece| std::mem::discriminant(piece);
        assert!(shown.windows(2).all(|pair| kind(&pair[0]) != kind(&pair[1])), "{shown:?}");
    }
}

#[test]
fn blocks_are_the_same_changed_added_or_removed() {
    let one = Document::from_plain_text("第一段。\n第二段不变。\n第三段要删。\n第四段。");
    let mut other = one.clone();
    other.blocks.remove(2);
    other.blocks[0] = Document::from_plain_text("第一段改。").blocks.remove(0);
    let mut new = Document::from_plain_text("一\n二\n三\n四\n新的一段。").blocks;
    other.blocks.push(new.remove(4));
    let shown = diff(&one, &other);
    let words: Vec<String> = shown
        .iter()
        .map(|change| match change {
            BlockChange::Same(block) => format!("={}", text::of_block(block)),
            BlockChange::Added(block) => format!("+{}", text::of_block(block)),
            BlockChange::Removed(block) => format!("-{}", text::of_block(block)),
            BlockChange::Changed { newer, .. } => format!("~{}", text::of_block(newer)),
        })
        .collect();
    assert_eq!(words, ["~第一段改。", "=第二段不变。", "-第三段要删。", "=第四段。", "+新的一段。"]);
}

#[test]
fn long_texts_are_compared_in_little_time() {
    let one = "工会组织和教育职工依照宪法和法律的规定行使民主权利。".repeat(800);
    let other = one.replacen("职工", "员工", 3);
    let start = std::time::Instant::now();
    let shown = pieces(&one, &other);
    assert!(start.elapsed().as_secs() < 2, "{:?}", start.elapsed());
    assert_eq!(newer(&shown), other);
}
