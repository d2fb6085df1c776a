//! What differs between two documents, for people to read.

use super::Block;
use serde::{Deserialize, Serialize};

/// A block in a comparison of two documents, in the order in which the newer one is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockChange {
    /// It stands in both.
    Same(Block),
    /// Only the newer one has it.
    Added(Block),
    /// Only the older one has it.
    Removed(Block),
    /// Both have it, with other words or another form.
    Changed {
        /// As it was.
        older: Block,
        /// As it is.
        newer: Block,
        /// Its text in pieces. Without a piece that is not `Same`, only the form changed.
        text: Vec<Piece>,
    },
}

/// A piece of a text in a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// In both.
    Same(String),
    /// Only in the newer one.
    Added(String),
    /// Only in the older one.
    Removed(String),
}
