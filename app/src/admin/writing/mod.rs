//! Writing: the form, the text, saving, merging, history.

pub mod api;
