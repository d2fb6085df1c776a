//! What lists and pages cost: statements counted, and plans of the engine.

mod costs;
pub(in crate::articles) mod plans;
