//! The command line of the soundness harness.

fn main() {}
