//! Lists the programs: every file whose header names a claim of this API, in the folders that
//! `soundcheck.toml` has for programs that run, becomes a module of the runner, under its path as id.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use serde::Deserialize;
use walkdir::WalkDir;

/// The kinds of cases whose programs run.
const KINDS: [&str; 2] = ["pass", "control"];

/// The part of `soundcheck.toml` that says where cases are.
#[derive(Deserialize)]
struct Subject {
    cases: Vec<Cases>,
}

#[derive(Deserialize)]
struct Cases {
    folder: PathBuf,
    kind: String,
}

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("..");
    let mut modules = String::new();
    let mut table = String::new();
    let subject = root.join("soundcheck.toml");
    println!("cargo::rerun-if-changed={}", subject.display());
    let subject: Subject = toml::from_str(&fs::read_to_string(subject)?)
        .expect("soundcheck.toml says where cases are");
    let cases = subject.cases.into_iter();
    for Cases { folder, .. } in cases.filter(|cases| KINDS.contains(&cases.kind.as_str())) {
        println!("cargo::rerun-if-changed={}", root.join(&folder).display());
        for file in programs(&root.join(&folder))? {
            add(&root, &file, &mut modules, &mut table);
        }
    }
    let code = format!("{modules}\nstatic PROGRAMS: &[Program] = &[\n{table}];\n");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("programs.rs"), code)
}

/// The files below `folder` whose header names a claim and no other generation than this one, in
/// the order of their names.
fn programs(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut programs = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let path = entry?.into_path();
        if path.extension().is_some_and(|extension| extension == "rs")
            && is_program(&fs::read_to_string(&path)?)
        {
            programs.push(path);
        }
    }
    Ok(programs)
}

fn is_program(text: &str) -> bool {
    let about = |line: &str| Some(line.strip_prefix("//@ generations:")?.contains("api"));
    let is_about_this = text.lines().find_map(about).unwrap_or(true);
    is_about_this && text.lines().any(|line| line.starts_with("//@ claim:"))
}

fn add(root: &Path, file: &Path, modules: &mut String, table: &mut String) {
    let id = file
        .strip_prefix(root)
        .expect("it was found there")
        .with_extension("");
    let id = id.to_str().expect("names of programs are ASCII");
    let module = id.replace(['/', '-'], "_");
    let line = format!("#[path = {file:?}]\nmod {module};");
    writeln!(modules, "{line}").expect("writing to a String cannot fail");
    let line = format!("    ({id:?}, || {module}::main().map_err(|error| error.to_errno())),");
    writeln!(table, "{line}").expect("writing to a String cannot fail");
}
