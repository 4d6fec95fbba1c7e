//! The surface lane: every public item of what is judged is one that somebody has
//! read, in just this form, and one that the contract speaks of.
//!
//! Owns the record of what was read, a file for each subject. What an item
//! promises is asked of rustdoc once for each state of the crates.

use std::fs;

use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::ground::facts;
use crate::ground::flavor::Flavor;
use crate::ground::problem::InputError;
use crate::ground::toolchain::Toolchain;
use crate::ground::workspace::Workspace;
use crate::judge::builds::build_error;
use crate::judge::cache::HARNESS;
use crate::judge::case::Case;
use crate::judge::context::Context;
use crate::judge::context::LaneReport;
use crate::judge::context::Task;
use crate::judge::corpus::Corpus;
use crate::judge::event::Judgement;
use crate::judge::failure::Failure;
use crate::judge::failure::FailureKind;
use crate::judge::lane::Lane;
use crate::judge::runner::LaneRunner;
use crate::judge::selection::Selection;
use crate::judge::subject::Subject;
use crate::subject::matrix;
use crate::subject::matrix::Report;
use crate::subject::surface::listing;
use crate::subject::surface::Surface;
use crate::subject::target::AtHand;
use crate::subject::target::Target;
use crate::subject::target::SURFACE;

/// The lane of a target.
pub struct SurfaceLane {
    target: Target,
    /// Where the record is, below the root, if the workspace keeps any.
    record: Option<Utf8PathBuf>,
    is_recorded: bool,
}

impl SurfaceLane {
    /// The lane of a target.
    pub fn of(target: &Target, workspace: &Workspace) -> Self {
        let record = record(target);
        let file = record.as_ref().map(|record| workspace.root().join(record));
        Self {
            target: target.clone(),
            is_recorded: file.is_some_and(|file| file.is_file()),
            record,
        }
    }

    fn id(&self) -> String {
        id(&self.target)
    }

    /// What somebody must look at: the list, and the rows of the contract.
    fn faults(&self, context: &Context<'_>, record: &Utf8Path) -> anyhow::Result<Vec<String>> {
        let root = context.workspace.root();
        let old = fs::read_to_string(root.join(record)).unwrap_or_default();
        let known = self.known(context)?;
        if self.is_recorded && fs::read_to_string(&known).is_ok_and(|good| good == old) {
            return Ok(Vec::new());
        }
        let surface = surface(&self.target, context.workspace, context.toolchain)?;
        let new = listing::listing(&surface, &sources(&self.target, context.workspace));
        let mut faults = listing::differences(&old, &new);
        faults.extend(self.uncovered(root, &surface)?);
        if faults.is_empty() {
            facts::replace(&known, new.as_bytes())?;
        }
        Ok(faults)
    }

    /// Where the list of this state of the crates is kept, once it was good.
    fn known(&self, context: &Context<'_>) -> anyhow::Result<Utf8PathBuf> {
        let compiler = context
            .builds
            .compiler(Flavor::Debug)
            .map_err(build_error)?;
        let mut hasher = blake3::Hasher::new();
        hasher.update(HARNESS.as_bytes());
        hasher.update(&compiler.artifacts.digest);
        if let Some(contract) = self.target.contract() {
            let folder = contract.parent().unwrap_or(Utf8Path::new(""));
            let folder = context.workspace.root().join(folder);
            let mut files: Vec<Utf8PathBuf> = folder
                .read_dir_utf8()?
                .flatten()
                .map(|entry| entry.into_path())
                .collect();
            files.sort();
            for file in files {
                hasher.update(&fs::read(file).unwrap_or_default());
            }
        }
        let name = format!("surface-{}", &hasher.finalize().to_hex()[..16]);
        Ok(context.workspace.target().join("cache").join(name))
    }

    /// The items that are in no row of the contract.
    fn uncovered(&self, root: &Utf8Path, surface: &Surface) -> anyhow::Result<Vec<String>> {
        let file = self
            .target
            .contract()
            .filter(|file| root.join(file).is_file());
        let Some(file) = file else {
            return Ok(Vec::new());
        };
        let contract = matrix::open(root, file, self.target.places.claims.as_deref())?;
        let cells = matrix::cells(&contract).map_err(InputError::one)?;
        let report = Report::new(&contract, &cells, surface, true);
        let problems = report.problems(contract.sources.own()).into_iter();
        Ok(problems.map(|problem| problem.to_string()).collect())
    }

    fn failure(&self, faults: &[String], record: &Utf8Path) -> Option<Failure> {
        let expected = format!("the public items of {record}");
        if faults.is_empty() {
            return None;
        }
        let bless = format!("cargo soundcheck bless {}", self.id());
        let next = match &self.target.kernel {
            None => {
                format!("read each line, let the contract and a case speak of it, then `{bless}`")
            }
            Some(_) => format!("read each line, and then edit {record}"),
        };
        Some(Failure {
            kind: FailureKind::Surface,
            line: None,
            expected,
            got: faults.join("\n"),
            next,
        })
    }
}

impl LaneRunner for SurfaceLane {
    fn lane(&self) -> Lane {
        SURFACE
    }

    fn judges(&self, _case: &Case) -> bool {
        false
    }

    fn needs_stub(&self) -> bool {
        false
    }

    fn ids(&self, _corpus: &Corpus, _subject: &Subject, selection: &Selection) -> Vec<String> {
        let ids = [self.id()].into_iter();
        ids.filter(|id| selection.matches(id)).collect()
    }

    fn can_reuse(&self) -> bool {
        false
    }

    fn left_out(&self, _corpus: &Corpus) -> Option<String> {
        match &self.record {
            None => Some("soundcheck.toml names no folder of surfaces".to_owned()),
            Some(record) if !self.is_recorded && self.target.kernel.is_some() => Some(format!(
                "there is no {record}: nobody has read these public items"
            )),
            Some(_) => None,
        }
    }

    fn run(&self, task: &Task<'_>) -> anyhow::Result<LaneReport> {
        let Some(record) = &self.record else {
            return Ok(LaneReport::default());
        };
        let faults = self.faults(task.context, record)?;
        let judgement = Judgement {
            id: self.id(),
            lane: SURFACE,
            path: record.clone(),
            claim: String::new(),
            sentence: task.context.corpus.sentence(""),
            alone: None,
            cached: false,
            replays: 0,
            failure: self.failure(&faults, record),
            waived: None,
        };
        Ok(LaneReport {
            judgements: vec![judgement],
            remark: String::new(),
        })
    }
}

/// The id of the only verdict of the lane.
pub fn id(target: &Target) -> String {
    format!("surface/{}", target.subject.name)
}

fn record(target: &Target) -> Option<Utf8PathBuf> {
    let folder = target.own.surface.as_ref()?;
    Some(folder.join(format!("{}.txt", target.subject.name)))
}

/// Takes the public items of the workspace's own subject as those that somebody
/// has read: the path of the record, if it changed.
///
/// # Errors
///
/// rustdoc fails, or the record cannot be written.
pub fn bless(
    target: &Target,
    workspace: &Workspace,
    toolchain: &Toolchain,
) -> anyhow::Result<Option<Utf8PathBuf>> {
    let Some(record) = record(target) else {
        return Ok(None);
    };
    let surface = surface(target, workspace, toolchain)?;
    let new = listing::listing(&surface, &sources(target, workspace));
    let file = workspace.root().join(&record);
    if fs::read_to_string(&file).is_ok_and(|old| old == new) {
        return Ok(None);
    }
    facts::replace(&file, new.as_bytes())?;
    Ok(Some(record))
}

fn surface(
    target: &Target,
    workspace: &Workspace,
    toolchain: &Toolchain,
) -> anyhow::Result<Surface> {
    Surface::of(&AtHand {
        target,
        workspace,
        toolchain,
    })
}

/// The folder below which rustdoc names files.
fn sources(target: &Target, workspace: &Workspace) -> Utf8PathBuf {
    let tree = target.kernel.as_ref().map(|kernel| kernel.tree.source());
    tree.unwrap_or(workspace.root()).to_owned()
}
