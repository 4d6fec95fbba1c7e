//! Gives the tool a fingerprint of its own sources, so that verdicts of one
//! version of it are never reused by another; and lists the operators of mutants.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::hash::DefaultHasher;
use std::hash::Hash as _;
use std::hash::Hasher as _;
use std::io;
use std::path::Path;
use std::path::PathBuf;

fn main() -> io::Result<()> {
    let lock = Path::new("../Cargo.lock");
    let mut files = BTreeSet::from([PathBuf::from("Cargo.toml")]);
    files.extend(lock.exists().then(|| lock.to_owned()));
    collect(Path::new("src"), &mut files)?;
    let mut hasher = DefaultHasher::new();
    for file in &files {
        println!("cargo::rerun-if-changed={}", file.display());
        (file, fs::read(file)?).hash(&mut hasher);
    }
    println!("cargo::rerun-if-changed=src");
    println!(
        "cargo::rustc-env=SOUNDCHECK_SOURCES={:016x}",
        hasher.finish()
    );
    list_operators(&files)
}

/// Every file in the folder of operators but `mod.rs` has one, which is named like it.
fn list_operators(files: &BTreeSet<PathBuf>) -> io::Result<()> {
    let folder = Path::new("src/subject/mutation/operators");
    let names = files.iter().filter_map(|file| {
        let name = file
            .strip_prefix(folder)
            .ok()?
            .to_str()?
            .strip_suffix(".rs")?;
        (name != "mod").then(|| format!("        &{name}::{},\n", camel_case(name)))
    });
    let names: String = names.collect();
    let text = format!(
        "/// Every operator, in the order of their names.\n\
         pub fn all() -> Vec<&'static dyn crate::subject::mutation::operator::Operator> {{\n    \
         vec![\n{names}    ]\n}}\n"
    );
    let out = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    fs::write(Path::new(&out).join("operators.rs"), text)
}

fn camel_case(name: &str) -> String {
    let word = |word: &str| {
        let (first, rest) = word.split_at(1);
        first.to_uppercase() + rest
    };
    name.split('_').map(word).collect()
}

fn collect(folder: &Path, files: &mut BTreeSet<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        match path.is_dir() {
            true => collect(&path, files)?,
            false => drop(files.insert(path)),
        }
    }
    Ok(())
}
