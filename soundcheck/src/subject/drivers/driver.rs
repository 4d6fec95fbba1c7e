//! What `NAME.toml` says about a driver of the kernel, and how the kernel's build calls rustc for it.
//!
//! Owns that format and its errors.

use crate::ground::compiler::EDITION;
use crate::ground::problem::line_of;
use crate::ground::problem::InputError;
use crate::ground::problem::Problem;
use crate::judge::kind::Kind;
use crate::judge::places::Places;
use crate::subject::kernel::Tree;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use serde::Deserialize;
use std::fs;

/// A driver in a kernel tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Driver {
    /// Its specification, below the root of the workspace.
    pub path: Utf8PathBuf,
    /// The root file of its crate, below the source tree.
    pub root: Utf8PathBuf,
    /// The option of the kernel's configuration that enables it.
    pub option: String,
    /// The program that runs it, if there is one: a case, below the root of the workspace.
    pub program: Option<Utf8PathBuf>,
    /// What rustc is told beyond what it is told for every driver.
    pub flags: Vec<String>,
    incomplete: Vec<String>,
}

/// A specification as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    root: Utf8PathBuf,
    option: String,
    program: Option<String>,
    #[serde(default)]
    flags: Vec<String>,
    #[serde(default)]
    incomplete: Vec<String>,
}

/// Reads the specifications of a workspace, in the order of their names, from the folder with the
/// programs around drivers; a workspace without one has none.
///
/// # Errors
///
/// A specification cannot be read, or names a program that is not there.
pub fn find(workspace: &Utf8Path, places: &Places) -> Result<Vec<Driver>, InputError> {
    let folder = places.folder(Kind::Guest);
    folder.map_or_else(|| Ok(Vec::new()), |folder| find_in(workspace, folder))
}

/// Reads the specifications in a folder.
///
/// # Errors
///
/// A specification cannot be read, or names a program that is not there.
pub fn find_in(workspace: &Utf8Path, folder: &Utf8Path) -> Result<Vec<Driver>, InputError> {
    let Ok(entries) = workspace.join(folder).read_dir_utf8() else {
        return Ok(Vec::new());
    };
    let mut drivers = Vec::new();
    let mut problems = Vec::new();
    for entry in entries.flatten() {
        let path = folder.join(entry.file_name());
        if path.extension() == Some("toml") {
            match read(workspace, &path) {
                Ok(driver) => drivers.push(driver),
                Err(problem) => problems.push(problem.in_file(&path)),
            }
        }
    }
    if !problems.is_empty() {
        return Err(InputError(problems));
    }
    drivers.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(drivers)
}

impl Driver {
    /// The name of its crate, which is that of the root file.
    pub fn crate_name(&self) -> &str {
        self.root.file_stem().expect("a root is a file")
    }

    /// The stem of its specification.
    pub fn name(&self) -> &str {
        self.path.file_stem().unwrap_or_default()
    }

    /// Why a tree does not have it, if it does not.
    pub fn absent_from(&self, tree: &Tree) -> Option<String> {
        let Self { root, option, .. } = self;
        match tree.source().join(root).is_file() {
            false => Some(format!("{root} is not in this tree")),
            true if !tree.is_set(option) => Some(format!("{option} is not set")),
            true => None,
        }
    }

    /// Whether it must compile over a generation of the API. Otherwise the API is known to lack
    /// something, and it is enough to say what.
    pub fn must_compile(&self, generation: &str) -> bool {
        !self.incomplete.iter().any(|known| known == generation)
    }

    /// The arguments of rustc that are the same wherever the crates come from: as a loadable
    /// module, with the features that the tree allows. What is left for the caller is the root
    /// file, `--extern`, and where output goes.
    pub fn arguments(&self, features: &str) -> Vec<String> {
        let own = self.flags.iter().cloned();
        [
            format!("--edition={EDITION}"),
            format!("--crate-name={}", self.crate_name()),
            "--crate-type=rlib".to_owned(),
            "--cfg=MODULE".to_owned(),
            "-Zcrate-attr=no_std".to_owned(),
            format!("-Zcrate-attr=feature({features})"),
            format!("-Zallow-features={features}"),
        ]
        .into_iter()
        .chain(own)
        .collect()
    }

    /// The environment of rustc that goes with [`Self::arguments`].
    pub fn environment(&self) -> [(&'static str, String); 2] {
        let module = self.root.with_extension("");
        [
            ("RUSTC_BOOTSTRAP", "1".to_owned()),
            ("RUST_MODFILE", module.into_string()),
        ]
    }
}

fn read(workspace: &Utf8Path, path: &Utf8Path) -> Result<Driver, Problem> {
    let text = fs::read_to_string(workspace.join(path))
        .map_err(|error| Problem::new(error.to_string(), "make the file readable"))?;
    let driver = parse(path, &text)?;
    if let Some(program) = &driver.program {
        if !workspace.join(program).is_file() {
            let what = format!("there is no program {program}");
            return Err(Problem::new(what, "write it, or leave `program` out"));
        }
    }
    Ok(driver)
}

pub(super) fn parse(path: &Utf8Path, text: &str) -> Result<Driver, Problem> {
    let file: File = toml::from_str(text).map_err(|error| {
        let what = error.message().replace('\n', " ");
        let line = error.span().map_or(1, |span| line_of(text, span.start));
        Problem::new(
            what,
            "write `root`, `option`, and `program`, `flags`, `incomplete`",
        )
        .at_line(line)
    })?;
    if file.root.extension() != Some("rs") || !file.root.is_relative() {
        let what = format!("`{}` is no Rust file below a source tree", file.root);
        return Err(Problem::new(what, "give the root file of the crate"));
    }
    Ok(Driver {
        path: path.to_owned(),
        root: file.root,
        option: file.option,
        program: file.program.map(|program| path.with_file_name(program)),
        flags: file.flags,
        incomplete: file.incomplete,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOVA: &str = "root = \"drivers/gpu/drm/nova/nova.rs\"\n\
                        option = \"CONFIG_DRM_NOVA\"\nprogram = \"nova.rs\"\n";

    fn problem(text: &str) -> String {
        parse(Utf8Path::new("drivers/it.toml"), text)
            .expect_err("it is wrong")
            .to_string()
    }

    #[test]
    fn a_driver_is_compiled_as_a_module_of_the_kernel() {
        let driver = parse(Utf8Path::new("drivers/nova.toml"), NOVA).expect("it is right");
        let program = driver.program.as_deref().map(Utf8Path::as_str);
        assert_eq!(program, Some("drivers/nova.rs"));
        let arguments = driver.arguments("asm_goto,used_with_arg").join(" ");
        assert_eq!(
            arguments,
            "--edition=2021 --crate-name=nova --crate-type=rlib --cfg=MODULE \
             -Zcrate-attr=no_std -Zcrate-attr=feature(asm_goto,used_with_arg) \
             -Zallow-features=asm_goto,used_with_arg"
        );
        let module = driver.environment()[1].clone();
        assert_eq!(
            module,
            ("RUST_MODFILE", "drivers/gpu/drm/nova/nova".to_owned())
        );
    }

    #[test]
    fn a_driver_must_compile_unless_it_is_said_that_something_is_missing() {
        let text = format!("{NOVA}incomplete = [\"api\"]\nflags = [\"--cfg=SMALL\"]\n");
        let driver = parse(Utf8Path::new("drivers/nova.toml"), &text).expect("it is right");
        assert!(driver.must_compile("linux-7.3"));
        assert!(!driver.must_compile("api"));
        let arguments = driver.arguments("");
        assert_eq!(arguments.last().map(String::as_str), Some("--cfg=SMALL"));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        assert!(problem("program = \"a.rs\"").contains("missing field `root`"));
        let text = format!("{NOVA}device = 1");
        assert!(problem(&text).starts_with("unknown field `device`"));
        assert_eq!(
            parse(Utf8Path::new("drivers/it.toml"), &text)
                .expect_err("it is wrong")
                .line,
            Some(4),
            "the fourth line has the unknown field"
        );
        assert!(
            problem("root = \"/nova.rs\"\noption = \"CONFIG_X\"").contains("no Rust file below")
        );
    }
}
