//! The binary of all programs: `ui-pass list`, and `ui-pass run ID` for one of them.
//!
//! The programs are found by `build.rs`; what the arguments mean is up to [`hw_stub::runner`].

// `#[vtable]` names the module that a driver belongs to as `crate::LocalModule`.
#[expect(unused_imports, reason = "programs with a driver of their own need it")]
use driver::LocalModule;

include!(concat!(env!("OUT_DIR"), "/programs.rs"));

fn main() {
    hw_stub::runner::main(PROGRAMS);
}
