//! Numbers in the writings that Word counts with.

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const LEGAL_DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

/// A number in a writing, by Word's name of it. One that is not known is decimal.
pub(super) fn written(format: &str, number: u32) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "ideographDigital"
        | "japaneseDigitalTenThousand"
        | "koreanCounting" => counting(number, &DIGITS, ['十', '百', '千', '万'], false),
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => {
            counting(number, &LEGAL_DIGITS, ['拾', '佰', '仟', '万'], true)
        }
        "ideographTraditional" => cycle(STEMS, number),
        "ideographZodiac" => cycle(BRANCHES, number),
        "decimalZero" => format!("{number:02}"),
        "upperLetter" => letters(number, b'A'),
        "lowerLetter" => letters(number, b'a'),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "decimalFullWidth" | "decimalFullWidth2" => {
            number.to_string().chars().filter_map(|digit| char::from_u32(digit as u32 + 0xfee0)).collect()
        }
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => enclosed(number, 0x2460),
        "decimalEnclosedParen" => enclosed(number, 0x2474),
        "decimalEnclosedFullstop" => enclosed(number, 0x2488),
        "none" | "bullet" => String::new(),
        _ => number.to_string(),
    }
}

/// Chinese counting up to 99,999; above that nobody numbers paragraphs.
fn counting(number: u32, digits: &[char; 10], units: [char; 4], legal: bool) -> String {
    if number == 0 || number > 99_999 {
        return if number == 0 { digits[0].to_string() } else { number.to_string() };
    }
    let zero = if legal { digits[0] } else { '零' };
    let (mut out, mut gap) = (String::new(), false);
    for (power, unit) in
        [(10_000, Some(units[3])), (1_000, Some(units[2])), (100, Some(units[1])), (10, Some(units[0])), (1, None)]
    {
        let digit = (number / power) % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push(zero);
            gap = false;
        }
        // Ten to nineteen begin with the ten itself.
        if legal || digit != 1 || power != 10 || !out.is_empty() {
            out.push(digits[digit as usize]);
        }
        out.extend(unit);
    }
    out
}

fn cycle(signs: &str, number: u32) -> String {
    let count = signs.chars().count();
    let at = (number.max(1) as usize - 1) % count.max(1);
    signs.chars().nth(at).map(String::from).unwrap_or_default()
}

/// A to Z, then AA to ZZ: Word repeats the letter.
fn letters(number: u32, first: u8) -> String {
    let at = number.max(1) - 1;
    let letter = char::from(first + (at % 26) as u8);
    String::from(letter).repeat((at / 26 + 1).min(10) as usize)
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number > 4_000 {
        return number.to_string();
    }
    let (mut rest, mut out) = (number, String::new());
    for (value, sign) in SIGNS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

/// One of the twenty signs that follow one another from `first`.
fn enclosed(number: u32, first: u32) -> String {
    let sign = if (1..=20).contains(&number) { char::from_u32(first + number - 1) } else { None };
    sign.map_or_else(|| number.to_string(), String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        for (format, number, expected) in [
            ("chineseCounting", 1, "一"),
            ("chineseCountingThousand", 10, "十"),
            ("chineseCountingThousand", 12, "十二"),
            ("chineseCountingThousand", 20, "二十"),
            ("chineseCountingThousand", 105, "一百零五"),
            ("chineseCountingThousand", 110, "一百一十"),
            ("chineseCountingThousand", 1_002, "一千零二"),
            ("chineseLegalSimplified", 12, "壹拾贰"),
            ("ideographTraditional", 11, "甲"),
            ("ideographZodiac", 2, "丑"),
            ("upperRoman", 1994, "MCMXCIV"),
            ("lowerLetter", 28, "bb"),
            ("decimalEnclosedCircle", 3, "③"),
            ("decimalFullWidth", 12, "１２"),
            ("decimalZero", 7, "07"),
            ("whatever", u32::MAX, "4294967295"),
        ] {
            assert_eq!(written(format, number), expected, "{format} {number}");
        }
    }
}
