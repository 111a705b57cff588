//! What several tests share.

pub(crate) mod bodies;
pub(crate) mod expected;
mod program;
pub(crate) use program::{appeal, names, run};
pub(crate) mod folders;
pub(crate) mod rulings;
pub(crate) mod records;
