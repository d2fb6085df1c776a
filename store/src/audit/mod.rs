//! Reading the record. It is written by `records::audit`, in the transaction of each action.

mod export;
mod page;
#[cfg(test)]
mod plans;
mod query;

pub use export::Pieces;
