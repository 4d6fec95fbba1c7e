//! The tool judged by the miniature tree in `tests/fixtures/tree`: each test
//! plants one fault in a copy and requires that the tool turns red over it.

mod batches;
mod cached;
mod compilers;
#[path = "../copy/mod.rs"]
mod copy;
mod holes;
mod input;
mod lanes;
mod mutants;
mod output;
mod places;
mod programs;
mod reasons;
mod reports;
mod shared;
mod slot;
mod snapshots;
mod surface;
mod tree;
mod unruly;
mod watch;
