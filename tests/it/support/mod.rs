//! What several tests share.

pub(crate) mod bodies;
pub(crate) mod expected;
pub(crate) mod records;
