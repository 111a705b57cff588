//! What several tests share.

pub(crate) mod bodies;
pub(crate) mod expected;
pub(crate) mod folders;
pub(crate) mod rulings;
