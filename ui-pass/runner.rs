//! The binary of all programs: `ui-pass list`, and `ui-pass run ID` for one of them.
//!
//! The programs are found by `build.rs`; what the arguments mean is up to [`hw_stub::runner`].
#![expect(
    clippy::duplicate_mod,
    reason = "programs are crates of their own, and share drivers"
)]

// `#[vtable]` names the module that a driver belongs to as `crate::LocalModule`.
#[expect(unused_imports, reason = "programs with a driver of their own need it")]
use driver::LocalModule;

/// An id, and what runs under it.
type Program = (&'static str, fn() -> Result<(), i32>);

include!(concat!(env!("OUT_DIR"), "/programs.rs"));

fn main() {
    hw_stub::runner::main(PROGRAMS);
}
