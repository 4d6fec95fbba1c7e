//! Gives the tool a fingerprint of its own sources, so that verdicts of one
//! version of it are never reused by another.

use std::collections::BTreeSet;
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
    Ok(())
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
