//! What a part is called: archives from a Chinese Windows write names in GBK and say nothing of it.

use super::table::{Row, extra};

/// The longest name, in bytes.
const LONGEST: usize = 1_024;

/// The field that holds a name in UTF-8 beside the one in another encoding.
const UNICODE_PATH: u16 = 0x7075;

/// The name of a part with `/` between folders.
pub(super) fn of(row: &Row) -> String {
    decoded(row).replace('\\', "/")
}

fn decoded(row: &Row) -> String {
    let raw = &row.name;
    // One byte of a version and four of a checksum of the other name stand before it.
    if let Some([1, a, b, c, d, name @ ..]) = extra(&row.extra, UNICODE_PATH)
        && u32::from_le_bytes([*a, *b, *c, *d]) == crc32fast::hash(raw)
        && let Ok(name) = std::str::from_utf8(name)
    {
        return name.to_owned();
    }
    match std::str::from_utf8(raw) {
        // macOS writes UTF-8 without saying so, and names in GBK are hardly ever UTF-8 by chance.
        Ok(name) => name.to_owned(),
        Err(_) if row.says_utf8() => String::from_utf8_lossy(raw).into_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(raw).0.into_owned(),
    }
}

/// Whether a file may be called so: within the folder, and without what a terminal or a file system would take amiss.
pub(super) fn check(name: &str) -> Result<(), &'static str> {
    if name.is_empty() {
        return Err("has no name: left out");
    }
    if name.len() > LONGEST {
        return Err("has a name that is too long: left out");
    }
    if name.chars().any(char::is_control) {
        return Err("has control characters in its name: left out");
    }
    let drive = name.as_bytes().get(1) == Some(&b':');
    if name.starts_with('/') || drive || name.split('/').any(|folder| folder == "..") {
        return Err("has a name that leads out of its folder: left out");
    }
    Ok(())
}
