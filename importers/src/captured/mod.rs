//! .
/// .
pub fn captured() {}
