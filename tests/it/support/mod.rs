//! What several tests share.

pub(crate) mod bodies;
pub(crate) mod expected;
mod program;
pub(crate) use program::{Ended, appeal, names, run};
pub(crate) mod folders;
pub(crate) mod rulings;
pub(crate) mod records;
