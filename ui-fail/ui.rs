//! The snapshots of what a user reads: every case of this folder against its `.stderr`.
//!
//! Only the pinned toolchain compares text. Whether a case fails for its reason is the verdict
//! lane's question (`cargo soundcheck`), on any toolchain.

use std::process::Command;

#[rustversion::attr(
    not(all(stable(1.95))),
    ignore = "snapshots are for the toolchain that rust-toolchain.toml pins"
)]
#[test]
fn ui() {
    set_flags();
    trybuild::TestCases::new().compile_fail("*/*.rs");
}

/// Tells the compiler about `cfg(twin)`, and that nobody calls `case`: some errors come late enough
/// to be followed by that warning. trybuild drops `[lints]` and `RUSTFLAGS`, but not what is set
/// for one target.
fn set_flags() {
    let output = Command::new("rustc")
        .arg("-vV")
        .output()
        .expect("rustc runs");
    let output = String::from_utf8(output.stdout).expect("rustc prints UTF-8");
    let host = output
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .expect("rustc names its host");
    let triple = host.replace(['-', '.'], "_").to_uppercase();
    std::env::set_var(
        format!("CARGO_TARGET_{triple}_RUSTFLAGS"),
        "--check-cfg=cfg(twin) -Adead_code",
    );
}
