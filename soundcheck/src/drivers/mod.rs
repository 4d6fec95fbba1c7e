//! The kernel's own drivers as input: what `drivers/*.toml` says about each of them, and how the
//! kernel's build calls rustc for it.
//!
//! Owns that format and its errors. What a driver lacks that does not compile is in [`missing`];
//! what the verdicts are is the business of the lane.

mod compile;
pub mod missing;
mod pair;
mod verdict;

use std::fs;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use serde::Deserialize;

use crate::compiler::EDITION;
use crate::kernel::Tree;
use crate::problem::line_of;
use crate::problem::InputError;
use crate::problem::Problem;

pub use compile::compile;
pub use pair::left_out;
pub use pair::pairs;
pub use pair::Pair;
pub use verdict::expectation;
pub use verdict::verdict;

/// The folder of the specifications, and of the programs around the drivers.
pub const FOLDER: &str = "drivers";

/// The generation whose drivers compile against the API in this repository.
pub const API_FOLLOWS: &str = "linux-7.3";

/// A driver in a kernel tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Driver {
    /// The stem of its specification.
    pub name: String,
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

/// Reads the specifications of a workspace, in the order of their names; a workspace without the
/// folder has none.
///
/// # Errors
///
/// A specification cannot be read, or names a program that is not there.
pub fn find(workspace: &Utf8Path) -> Result<Vec<Driver>, InputError> {
    let folder = workspace.join(FOLDER);
    let Ok(entries) = folder.read_dir_utf8() else {
        return Ok(Vec::new());
    };
    let mut drivers = Vec::new();
    let mut problems = Vec::new();
    for entry in entries.flatten() {
        let path = Utf8Path::new(FOLDER).join(entry.file_name());
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
    drivers.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(drivers)
}

impl Driver {
    /// The name of its crate, which is that of the root file.
    pub fn crate_name(&self) -> &str {
        self.root.file_stem().expect("a root is a file")
    }

    /// Its specification, below the root of the workspace.
    pub fn path(&self) -> Utf8PathBuf {
        Utf8Path::new(FOLDER).join(format!("{}.toml", self.name))
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
    let name = path.file_stem().unwrap_or_default();
    let driver = parse(name, &text)?;
    if let Some(program) = &driver.program {
        if !workspace.join(program).is_file() {
            let what = format!("there is no program {program}");
            return Err(Problem::new(what, "write it, or leave `program` out"));
        }
    }
    Ok(driver)
}

fn parse(name: &str, text: &str) -> Result<Driver, Problem> {
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
        name: name.to_owned(),
        root: file.root,
        option: file.option,
        program: file
            .program
            .map(|program| Utf8Path::new(FOLDER).join(program)),
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
        parse("it", text).expect_err("it is wrong").to_string()
    }

    #[test]
    fn a_driver_is_compiled_as_a_module_of_the_kernel() {
        let driver = parse("nova", NOVA).expect("it is right");
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
        let driver = parse("nova", &text).expect("it is right");
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
            parse("it", &text).expect_err("it is wrong").line,
            Some(4),
            "the fourth line has the unknown field"
        );
        assert!(
            problem("root = \"/nova.rs\"\noption = \"CONFIG_X\"").contains("no Rust file below")
        );
    }

    #[test]
    fn every_program_of_the_project_belongs_to_a_driver() {
        let workspace = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let drivers = find(&workspace).expect("the specifications are right");
        assert!(!drivers.is_empty());
        let folder = workspace.join(FOLDER);
        let files = folder.read_dir_utf8().expect("the folder is readable");
        for file in files {
            let file = file.expect("the entry is readable");
            let path = Utf8Path::new(FOLDER).join(file.file_name());
            let is_program = path.extension() == Some("rs");
            let is_known = drivers
                .iter()
                .any(|driver| driver.program.as_ref() == Some(&path));
            assert!(!is_program || is_known, "no driver has the program {path}");
        }
    }

    #[test]
    fn a_workspace_without_the_folder_has_no_drivers() {
        let empty = tempfile::tempdir().expect("there is room");
        let path = Utf8Path::from_path(empty.path()).expect("the path is UTF-8");
        assert_eq!(find(path).expect("nothing is wrong"), []);
    }

    #[test]
    fn a_program_that_is_not_there_is_a_problem() {
        let tree = tempfile::tempdir().expect("there is room");
        let path = Utf8Path::from_path(tree.path()).expect("the path is UTF-8");
        fs::create_dir(path.join(FOLDER)).expect("there is room");
        fs::write(path.join("drivers/nova.toml"), NOVA).expect("there is room");
        let error = find(path).expect_err("the program is missing").to_string();
        assert!(error.starts_with("drivers/nova.toml: there is no program drivers/nova.rs"));
    }
}
