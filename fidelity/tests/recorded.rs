//! The stub against the recorded trace of a real kernel, which `ci/nightly/fidelity` makes anew.

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn the_stub_does_what_the_kernel_did() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let stub = Command::new(env!("CARGO_BIN_EXE_fidelity-stub"))
        .output()
        .expect("cargo built the stub");
    assert!(
        stub.status.success(),
        "{}",
        String::from_utf8_lossy(&stub.stderr)
    );
    let trace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stub.txt");
    fs::write(&trace, &stub.stdout).expect("a file can be written");

    let comparison = Command::new(env!("CARGO_BIN_EXE_fidelity-compare"))
        .arg(&trace)
        .arg(package.join("../snapshots/fidelity/linux-7.3.txt"))
        .arg(package.join("differences.toml"))
        .output()
        .expect("cargo built the comparison");
    assert!(
        comparison.status.success(),
        "{}{}",
        String::from_utf8_lossy(&comparison.stdout),
        String::from_utf8_lossy(&comparison.stderr)
    );
}
