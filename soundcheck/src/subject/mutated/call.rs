//! A call of rustc that cargo has made, and how it is made again.
//!
//! Owns what of it stays and what is replaced: where it happens, which crates
//! it is given, and where its output goes.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::process::Command;

use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use serde::Deserialize;
use serde::Serialize;

/// A call of rustc for a library of the workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// The folder that it was made in.
    pub folder: Utf8PathBuf,
    /// What stays of its arguments.
    arguments: Vec<String>,
    /// The names of the crates that it is given, and the names of their files.
    pub needs: Vec<(String, String)>,
    /// What cargo tells the compiler by its environment.
    variables: BTreeMap<String, String>,
}

/// Where a call is made again.
pub struct Again<'a> {
    /// The compiler.
    pub rustc: &'a Utf8Path,
    /// What stands for the folder that it was made in.
    pub folder: &'a Utf8Path,
    /// Where output goes.
    pub out: &'a Utf8Path,
    /// Where crates are, those first that replace others.
    pub dependencies: &'a [&'a Utf8Path],
    /// Whether programs are linked to it.
    pub links: bool,
}

/// Arguments that are said anew, alone or with a value.
const REPLACED: &[&str] = &[
    "--out-dir",
    "--emit",
    "--error-format",
    "--json",
    "--cap-lints",
    "-L",
    "--extern",
];

/// Options of code generation that are said anew.
const REPLACED_CODEGEN: &[&str] = &["incremental", "debuginfo"];

impl Again<'_> {
    /// With the code of every function, metadata is enough for whatever is not
    /// linked.
    fn emits(&self) -> &'static [&'static str] {
        match self.links {
            true => &["--emit=metadata,link"],
            false => &["--emit=metadata", "-Zalways-encode-mir"],
        }
    }
}

impl Call {
    /// Reads what the recorder wrote: fields that end with a zero, of which the
    /// first is the folder. An empty one stands between arguments and variables.
    ///
    /// # Errors
    ///
    /// It was not written to its end.
    pub fn read(text: &str) -> anyhow::Result<Self> {
        let text = text.strip_suffix('\0').context("the record is cut off")?;
        let mut fields = text.split('\0');
        let folder = fields.next().context("the record names a folder")?.into();
        // The first word is the compiler.
        let words: Vec<&str> = fields.by_ref().take_while(|it| !it.is_empty()).collect();
        let words = words.get(1..).context("the record has a call")?;
        let variables = fields.filter_map(|field| field.split_once('='));
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let mut call = Self {
            folder,
            arguments: Vec::new(),
            needs: Vec::new(),
            variables: variables.collect(),
        };
        call.sort(words);
        Ok(call)
    }

    /// Tells what stays from what is replaced.
    fn sort(&mut self, words: &[&str]) {
        let mut words = words.iter().copied();
        while let Some(word) = words.next() {
            let (name, value) = match word.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (word, None),
            };
            if word == "-C" {
                let option = words.next().unwrap_or_default();
                let name = option.split('=').next().unwrap_or_default();
                if !REPLACED_CODEGEN.contains(&name) {
                    self.arguments.push(format!("-C{option}"));
                }
            } else if REPLACED.contains(&name) {
                let value = value.or_else(|| words.next()).unwrap_or_default();
                if name == "--extern" {
                    self.need(value);
                }
            } else {
                self.arguments.push(word.to_owned());
            }
        }
    }

    /// A crate comes from a file, unless the compiler brings it.
    fn need(&mut self, value: &str) {
        match value.split_once('=') {
            Some((name, path)) => {
                let file = Utf8Path::new(path).file_name().unwrap_or_default();
                let file = file.replace(".rmeta", ".rlib");
                self.needs.push((name.to_owned(), file));
            }
            None => self.arguments.push(format!("--extern={value}")),
        }
    }

    fn after(&self, option: &str) -> Option<&str> {
        let at = self.arguments.iter().position(|word| word == option)?;
        self.arguments.get(at + 1).map(String::as_str)
    }

    /// The name of the crate.
    pub fn name(&self) -> &str {
        self.after("--crate-name").unwrap_or_default()
    }

    /// Whether it makes a library that others are compiled over.
    pub fn is_library(&self) -> bool {
        let kind = self.after("--crate-type").unwrap_or_default();
        matches!(kind, "lib" | "rlib") && !self.arguments.iter().any(|word| word == "--test")
    }

    /// The folder of the package.
    pub fn package(&self) -> &Utf8Path {
        let folder = self.variables.get("CARGO_MANIFEST_DIR");
        folder.map_or(&self.folder, Utf8Path::new)
    }

    /// The name of the file that it writes, if that can be linked.
    pub fn file(&self) -> String {
        let mut extra = self
            .arguments
            .iter()
            .filter_map(|word| word.strip_prefix("-Cextra-filename="));
        format!(
            "lib{}{}.rlib",
            self.name(),
            extra.next().unwrap_or_default()
        )
    }

    /// The same call somewhere else.
    pub fn again(&self, place: &Again<'_>) -> Command {
        let mut command = Command::new(place.rustc);
        command
            .current_dir(place.folder)
            .args(&self.arguments)
            .args(["--error-format=json", "--cap-lints=allow", "-Cdebuginfo=0"])
            .args(place.emits())
            .arg("--out-dir")
            .arg(place.out)
            .env("RUSTC_ICE", "0")
            .envs(&self.variables);
        for (name, file) in &self.needs {
            let found = place.dependencies.iter();
            let found = found.copied().find_map(|folder| find(folder, file));
            // The compiler complains about one that is not there.
            let path = found.unwrap_or_else(|| file.into());
            command.arg("--extern").arg(format!("{name}={path}"));
        }
        for folder in place.dependencies {
            command.arg("-L").arg(format!("dependency={folder}"));
        }
        command
    }
}

/// Where a file of a crate is in a folder. Those of packages that cargo was asked
/// for have lost the hash in their names.
pub fn find(folder: &Utf8Path, file: &str) -> Option<Utf8PathBuf> {
    let plain = file
        .rsplit_once('-')
        .map(|(name, _)| format!("{name}.rlib"));
    let metadata = file.replace(".rlib", ".rmeta");
    let names = [Some(file.to_owned()), Some(metadata), plain];
    let names = names.into_iter().flatten();
    let mut paths = names.map(|name| folder.join(name));
    paths.find(|path| path.is_file())
}

/// Calls in an order in which each comes after those that it needs.
pub fn in_order(mut open: Vec<Call>) -> Vec<Call> {
    let mut done = Vec::new();
    while !open.is_empty() {
        let files: BTreeSet<String> = open.iter().map(Call::file).collect();
        let waits = |call: &Call| call.needs.iter().any(|(_, file)| files.contains(file));
        let (rest, ready): (Vec<Call>, Vec<Call>) = open.into_iter().partition(waits);
        if ready.is_empty() {
            // Cargo allows no circles.
            done.extend(rest);
            break;
        }
        done.extend(ready);
        open = rest;
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(name: &str, needs: &[&str]) -> Call {
        let mut words = vec!["/w", "rustc", "--crate-name", name, "--edition=2021"];
        words.extend(["src/lib.rs", "--crate-type", "lib", "--emit=link"]);
        words.extend(["-C", "extra-filename=-1", "-C", "incremental=/t/i"]);
        words.extend(["--out-dir", "/t/deps", "-L", "dependency=/t/deps"]);
        let needs: Vec<String> = needs
            .iter()
            .map(|need| format!("--extern={need}=/t/deps/lib{need}-1.rmeta"))
            .collect();
        words.extend(needs.iter().map(String::as_str));
        words.extend(["", "CARGO_MANIFEST_DIR=/w/p"]);
        let text: String = words.iter().map(|word| format!("{word}\0")).collect();
        Call::read(&text).expect("it is in order")
    }

    #[test]
    fn what_depends_on_the_place_is_said_anew() {
        let call = call("a", &["b"]);
        let (folder, out) = (Utf8Path::new("/copy"), Utf8Path::new("/out"));
        let command = call.again(&Again {
            rustc: "rustc".into(),
            folder,
            out,
            dependencies: &["/shelf".into()],
            links: true,
        });
        let words: Vec<String> = command
            .get_args()
            .map(|word| word.to_string_lossy().into_owned())
            .collect();
        let said = words.join(" ");
        assert!(
            said.starts_with("--crate-name a --edition=2021 src/lib.rs"),
            "{said}"
        );
        assert!(!said.contains("/t/"), "{said}");
        assert!(said.contains("--out-dir /out") && said.contains("dependency=/shelf"));
        assert_eq!(call.package(), "/w/p");
        assert_eq!(call.file(), "liba-1.rlib");
    }

    #[test]
    fn a_call_comes_after_those_it_needs() {
        let calls = in_order(vec![call("c", &["b"]), call("b", &["a"]), call("a", &[])]);
        let names: Vec<&str> = calls.iter().map(Call::name).collect();
        assert_eq!(names, ["a", "b", "c"]);
    }

    #[test]
    fn a_record_that_is_cut_off_is_refused() {
        assert!(Call::read("/w\0rustc\0--crate").is_err());
    }
}
