//! The programs that every runner judges: those that people wrote and those of
//! the matrix, in one order, of which a set is the beginning.
//!
//! What exists is taken evenly over its whole length, so that sets of every
//! size have the same mixture. Beyond that come copies with another text.

use std::fs;

use anyhow::ensure;
use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use serde::Deserialize;

use crate::tools::Tools;

/// A program that must not compile.
#[derive(Clone)]
pub struct Program {
    id: String,
    text: String,
    claim: String,
}

/// Every program that exists.
pub struct Pool {
    programs: Vec<Program>,
    /// The cases in the repository, as they are.
    committed: Vec<Program>,
}

/// A case, as `soundcheck list` tells of it.
#[derive(Deserialize)]
struct Listed {
    id: String,
    lanes: Vec<String>,
    claim: String,
    path: Utf8PathBuf,
}

/// The folder of the generated cases that are in the repository too.
const COPIES: &str = "ui-fail/matrix";

impl Pool {
    /// Collects the programs of a workspace that speak about its API. The cases
    /// under `ui-fail/matrix` are programs of the matrix already.
    pub fn of(root: &Utf8Path, directory: &Utf8Path, tools: &Tools) -> anyhow::Result<Self> {
        let generated = directory.join("matrix");
        let emit = ["matrix", "--emit", generated.as_str()];
        said(tools, root, directory, &emit)?;
        let listed = said(tools, root, directory, &["list", "--format", "json"])?;
        let mut programs = Vec::new();
        let mut committed = Vec::new();
        for line in listed.lines() {
            let case: Listed = serde_json::from_str(line)?;
            if !case.lanes.iter().any(|lane| lane == "verdict") {
                continue;
            }
            let is_committed = case.path.starts_with("ui-fail");
            let file = match is_committed {
                true => root.join(&case.path),
                false => generated.join(format!("{}.rs", case.id)),
            };
            let text = fs::read_to_string(&file).with_context(|| format!("cannot read {file}"))?;
            if !is_about_api(&text) {
                continue;
            }
            let program = Program {
                id: case.id,
                claim: case.claim,
                text,
            };
            if is_committed {
                committed.push(program.clone());
            }
            if !case.path.starts_with(COPIES) && is_seen_by_all(&program.text) {
                programs.push(program);
            }
        }
        ensure!(!programs.is_empty(), "there are no cases in {root}");
        Ok(Self {
            programs,
            committed,
        })
    }

    /// How many cases are in the repository: the size of the set of them.
    pub fn committed(&self) -> usize {
        self.committed.len()
    }

    /// How many programs exist.
    pub fn len(&self) -> usize {
        self.programs.len()
    }

    /// The first programs of the order, with copies where there are too few. As
    /// many as are in the repository are those, as they are.
    pub fn take(&self, count: usize) -> Vec<Program> {
        if count == self.committed() {
            let committed = self.committed.iter().enumerate();
            return committed
                .map(|(index, program)| program.copy(index, 0))
                .collect();
        }
        let stride = stride(self.len());
        (0..count)
            .map(|index| {
                let program = &self.programs[index * stride % self.len()];
                program.copy(index, index / self.len())
            })
            .collect()
    }
}

/// Whether a case speaks about the API of the workspace.
fn is_about_api(text: &str) -> bool {
    let about = |line: &str| Some(line.strip_prefix("//@ generations:")?.contains("api"));
    text.lines().find_map(about).unwrap_or(true)
}

/// trybuild stops before code is generated, and does not see what comes then.
fn is_seen_by_all(text: &str) -> bool {
    !text.contains("//@ stage: postmono") && !text.contains("//~ E0080")
}

fn said(
    tools: &Tools,
    root: &Utf8Path,
    directory: &Utf8Path,
    arguments: &[&str],
) -> anyhow::Result<String> {
    let mut command = tools.command(env!("CARGO_BIN_EXE_soundcheck"));
    command.args(arguments).args(["--root", root.as_str()]);
    let output = command
        .arg("--target-dir")
        .arg(directory.join("target"))
        .output()?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "soundcheck {arguments:?}: {errors}"
    );
    Ok(String::from_utf8(output.stdout)?)
}

/// A step that visits all of `count` places, each far from the one before.
fn stride(count: usize) -> usize {
    let is_coprime = |step: &usize| gcd(*step, count) == 1;
    let golden = count * 618 / 1000;
    (golden.max(1)..).find(is_coprime).unwrap_or(1)
}

fn gcd(one: usize, other: usize) -> usize {
    match other {
        0 => one,
        _ => gcd(other, one % other),
    }
}

impl Program {
    /// The program under a name of its own. A copy has another text as well,
    /// so that nothing that is known about the first can be used for it.
    fn copy(&self, index: usize, copy: usize) -> Self {
        let text = match copy {
            0 => self.text.clone(),
            _ => rename(
                &self.text.replacen("//!", &format!("//! Copy {copy}."), 1),
                copy,
            ),
        };
        Self {
            id: format!("{index:05}_{}", self.id.replace(['/', '-'], "_")),
            claim: self.claim.clone(),
            text,
        }
    }
}

/// Gives the function `case` another name, unless something calls it.
fn rename(text: &str, copy: usize) -> String {
    let uses = |pattern: &str| text.matches(pattern).count();
    let mut renamed = text.to_owned();
    for open in ["(", "<"] {
        let (used, declared) = (format!("case{open}"), format!("fn case{open}"));
        if uses(&used) == uses(&declared) && uses("case::<") == 0 {
            renamed = renamed.replace(&declared, &format!("fn case_{copy}{open}"));
        }
    }
    renamed
}

/// Writes programs into a new folder.
pub fn write(folder: &Utf8Path, programs: &[Program]) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create {folder}"))?;
    for program in programs {
        fs::write(folder.join(format!("{}.rs", program.id)), &program.text)?;
    }
    Ok(())
}
