//! The operators, one in each file.
//!
//! A new one is a file and a `mod` line: `build.rs` lists the files, and expects
//! a unit struct that is named like its file. `docs/mutation-operators.md` says
//! what each stands for, and a test keeps the two equal.

mod drop_unsafe;
mod remove_call;
mod widen_impl;

include!(concat!(env!("OUT_DIR"), "/operators.rs"));
