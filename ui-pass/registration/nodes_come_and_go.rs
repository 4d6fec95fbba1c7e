//! The nodes of a device exist from its registration to the end of it, and their numbers are used
//! again.
//@ claim: registration-drop-unplugs
//@ generations: api, linux-7.3
use driver::with_registration;
use hw_stub::client::{self, Node};
use kernel::error::Result;

pub fn main() -> Result {
    for _ in 0..2 {
        assert!(client::primary_nodes().is_empty());
        with_registration(|_| {
            assert_eq!(client::primary_nodes(), [Node::primary(0)]);
            assert_eq!(client::render_nodes(), [Node::render(0)]);
            Ok(())
        })?;
    }
    assert!(client::primary_nodes().is_empty());
    Ok(())
}
