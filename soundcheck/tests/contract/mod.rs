//! The contract of the project, as it is and spoilt, for the tests of the matrix
//! and of the programs that it allows.

use std::collections::BTreeMap;
use std::fs;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use soundcheck::subject::matrix;
use soundcheck::subject::matrix::Contract;

/// The root of the project.
pub fn root() -> Utf8PathBuf {
    let package = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    package
        .parent()
        .expect("the package is in the workspace")
        .to_owned()
}

/// The text of the contract.
pub fn text() -> String {
    fs::read_to_string(root().join("contracts/api.toml")).expect("the contract is readable")
}

/// The contract with a text replaced, which must be there.
#[track_caller]
pub fn edited(from: &str, to: &str) -> Result<Contract, String> {
    let text = text();
    assert!(text.contains(from), "the contract does not contain {from}");
    let path = Utf8Path::new("contracts/api.toml");
    let text = text.replacen(from, to, 1);
    matrix::schema::parse(path, &text, &BTreeMap::new()).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        lines.join("\n")
    })
}

/// The mistakes of the contract with a text replaced.
#[track_caller]
pub fn mistakes(from: &str, to: &str) -> String {
    edited(from, to).expect_err("the contract is spoilt")
}
