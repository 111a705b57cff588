mod bad;
mod record;

#[test]
fn t() {}
