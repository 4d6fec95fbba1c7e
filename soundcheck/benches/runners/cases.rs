//! The programs that every runner judges: those that people wrote and those of
//! the matrix, in one order, of which a set is the beginning.
//!
//! What exists is taken evenly over its whole length, so that sets of every
//! size have the same mixture. Beyond that come copies with another text.

use std::fs;

use anyhow::ensure;
use anyhow::Context as _;
use camino::Utf8Path;
use soundcheck::ground::workspace::Workspace;
use soundcheck::judge::cache::Cache;
use soundcheck::judge::case::Case;
use soundcheck::judge::case::Stage;
use soundcheck::judge::kind::Kind;
use soundcheck::subject::load;
use soundcheck::subject::target::Target;

/// A program that must not compile.
pub struct Program {
    id: String,
    text: String,
    /// The claim that it serves.
    pub claim: String,
}

/// Every program that exists.
pub struct Pool(Vec<Program>);

impl Pool {
    /// Collects the programs of a workspace. The cases under `ui-fail/matrix`
    /// are left out: they are programs of the matrix already.
    pub fn of(root: &Utf8Path) -> anyhow::Result<Self> {
        let workspace = Workspace::open(Some(root), None)?;
        let target = Target::open(&workspace, None)?;
        let corpus = load::corpus(&workspace, &Cache::none(), &target)?;
        let cases = corpus.spoken().filter(|case| is_usable(case)).cloned();
        let programs: Vec<Program> = cases
            .map(|case| Program {
                id: case.id,
                claim: case.claim,
                text: case.text,
            })
            .collect();
        ensure!(!programs.is_empty(), "there are no cases in {root}");
        Ok(Self(programs))
    }

    /// How many programs exist.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The first programs of the order, with copies where there are too few.
    pub fn take(&self, count: usize) -> Vec<Program> {
        let stride = stride(self.len());
        (0..count)
            .map(|index| {
                let program = &self.0[index * stride % self.len()];
                program.copy(index, index / self.len())
            })
            .collect()
    }
}

/// Leaves out what trybuild cannot see, because it stops before code is
/// generated.
fn is_usable(case: &Case) -> bool {
    let is_copy = case.path.starts_with("ui-fail/matrix");
    case.kind == Kind::Fail && case.stage != Stage::PostMono && !is_copy
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

/// Writes programs into a new folder, each with a snapshot if one is given.
pub fn write(
    folder: &Utf8Path,
    programs: &[Program],
    snapshot: Option<&str>,
) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create {folder}"))?;
    for program in programs {
        let path = folder.join(&program.id);
        fs::write(format!("{path}.rs"), &program.text)?;
        if let Some(snapshot) = snapshot {
            fs::write(format!("{path}.stderr"), snapshot)?;
        }
    }
    Ok(())
}
