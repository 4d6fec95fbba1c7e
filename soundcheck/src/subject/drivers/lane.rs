//! The drivers lane: the kernel's own drivers, as they are in the tree, compile
//! over its kernel crate and over the API here, and run on the stub through
//! both, also with each of their fallible calls failing in turn.
//!
//! A driver that is known to lack something is waived with the list of what.

use std::fs;

use camino::Utf8PathBuf;
use rayon::prelude::*;

use crate::ground::artifacts::Artifacts;
use crate::ground::compiler::Compiler;
use crate::ground::flavor::Flavor;
use crate::ground::problem::InputError;
use crate::ground::workspace::Workspace;
use crate::judge::builds::build_failure;
use crate::judge::builds::Builds;
use crate::judge::case::Case;
use crate::judge::context::LaneReport;
use crate::judge::context::Task;
use crate::judge::corpus::Corpus;
use crate::judge::event::Judgement;
use crate::judge::failure::Failure;
use crate::judge::failure::FailureKind;
use crate::judge::kind::Kind;
use crate::judge::lane::Lane;
use crate::judge::lanes::linking;
use crate::judge::lanes::run;
use crate::judge::program;
use crate::judge::runner::LaneRunner;
use crate::judge::selection::Selection;
use crate::judge::subject::Subject;
use crate::subject::cargo::Package;
use crate::subject::drivers::compile;
use crate::subject::drivers::driver;
use crate::subject::drivers::driver::Driver;
use crate::subject::drivers::missing;
use crate::subject::drivers::pair::Fleet;
use crate::subject::drivers::pair::Pair;
use crate::subject::drivers::verdict;
use crate::subject::kernel::Tree;
use crate::subject::manifest::Manifest;

/// The name of the lane.
pub const DRIVERS: Lane = Lane::beyond(
    "drivers",
    "the kernel's own drivers compile, and run on the stub",
);

/// The lane, over a tree if one is judged.
pub struct Drivers {
    drivers: Vec<Driver>,
    folder: Utf8PathBuf,
    manifest: Manifest,
    own: Subject,
    kernel: Option<(Tree, Subject)>,
}

impl Drivers {
    /// The lane of a workspace that knows drivers. `kernel` is what is judged,
    /// if it is a tree, and `own` the subject of the workspace.
    ///
    /// # Errors
    ///
    /// What is said about a driver cannot be read.
    pub fn of(
        workspace: &Workspace,
        folder: Utf8PathBuf,
        manifest: &Manifest,
        own: Subject,
        kernel: Option<(Tree, Subject)>,
    ) -> Result<Self, InputError> {
        Ok(Self {
            drivers: driver::find_in(workspace.root(), &folder)?,
            folder,
            manifest: manifest.clone(),
            own,
            kernel,
        })
    }

    fn nothing(&self, corpus: &Corpus) -> Option<String> {
        let Some(fleet) = self.fleet() else {
            return Some("the kernel's drivers are in a kernel tree".to_owned());
        };
        let why = || match &fleet.left_out(corpus)[..] {
            [] => format!("there is no {}/*.toml", self.folder),
            left_out => left_out.join("; "),
        };
        fleet.pairs(corpus).is_empty().then(why)
    }

    fn fleet(&self) -> Option<Fleet<'_>> {
        let (tree, kernel) = self.kernel.as_ref()?;
        let follows = self.manifest.follows.as_ref() == Some(&kernel.name);
        Some(Fleet {
            drivers: &self.drivers,
            tree,
            kernel,
            own: follows.then_some(&self.own),
        })
    }
}

impl LaneRunner for Drivers {
    fn lane(&self) -> Lane {
        DRIVERS
    }

    fn judges(&self, case: &Case) -> bool {
        case.kind == Kind::Guest
    }

    /// A driver may be without a program, and then it is no case.
    fn ids(&self, corpus: &Corpus, _subject: &Subject, selection: &Selection) -> Vec<String> {
        let pairs = self.fleet().map(|fleet| fleet.pairs(corpus));
        let ids = pairs.into_iter().flatten().flat_map(|pair| pair.ids());
        ids.filter(|id| selection.matches(id)).collect()
    }

    /// What they depend on is scattered over the tree, and judging them takes
    /// few seconds.
    fn can_reuse(&self) -> bool {
        false
    }

    fn left_out(&self, corpus: &Corpus) -> Option<String> {
        self.nothing(corpus)
    }

    fn run(&self, task: &Task<'_>) -> anyhow::Result<LaneReport> {
        let Some(fleet) = self.fleet() else {
            return Ok(LaneReport::default());
        };
        let context = task.context;
        let package = Package {
            manifest: &self.manifest,
            workspace: context.workspace,
            toolchain: context.toolchain,
            recorder: None,
        };
        let own = Builds::new(context.workspace, context.toolchain, &package, true);
        let is_wanted = |id: &str| context.selection.matches(id);
        let judged: Vec<Vec<Judgement>> = fleet
            .pairs(context.corpus)
            .into_par_iter()
            .filter(|pair| pair.ids().iter().any(|id| is_wanted(id)))
            .map(|pair| judge(task, &own, fleet.tree, &pair))
            .collect::<anyhow::Result<_>>()?;
        let judged = judged.into_iter().flatten();
        let judgements: Vec<Judgement> = judged
            .filter(|judgement| is_wanted(&judgement.id))
            .collect();
        let replays: usize = judgements.iter().map(|judgement| judgement.replays).sum();
        let mut remarks = vec![format!("{replays} replays with a failing call")];
        remarks.extend(fleet.left_out(context.corpus));
        Ok(LaneReport {
            judgements,
            remark: remarks.join("; "),
        })
    }
}

/// Compiles a driver, and runs it if there is a program for it.
fn judge(
    task: &Task<'_>,
    own: &Builds<'_>,
    tree: &Tree,
    pair: &Pair<'_>,
) -> anyhow::Result<Vec<Judgement>> {
    let builds = match pair.subject.is_own {
        true => own,
        false => task.context.builds,
    };
    let compiler = builds.compiler(Flavor::Debug);
    let compiled = match &compiler {
        Ok(compiler) => attempt(task, tree, pair, *compiler)?,
        Err(error) => {
            let expected = verdict::expectation(pair.driver, &pair.subject.name);
            Err(build_failure(pair.subject, error, &expected))
        }
    };
    let run = match (pair.program, &compiled, compiler) {
        (Some(case), Ok(_), Ok(compiler)) => Some(execute(task, pair, case, compiler)?),
        (Some(case), Err(failure), _) => Some(unborn(task, pair, case, failure)),
        _ => None,
    };
    let (waived, failure) = match compiled {
        Ok(waived) => (waived, None),
        Err(failure) => (None, Some(failure)),
    };
    let compiled = Judgement {
        failure,
        waived,
        ..judgement(pair)
    };
    let judgements: Vec<Judgement> = std::iter::once(compiled).chain(run).collect();
    (task.progress)(1);
    Ok(judgements)
}

/// A verdict about a driver as it is, which is in no case.
fn judgement(pair: &Pair<'_>) -> Judgement {
    Judgement {
        id: pair.id(),
        lane: DRIVERS,
        path: pair.driver.path.clone(),
        claim: String::new(),
        sentence: String::new(),
        alone: None,
        cached: false,
        replays: 0,
        failure: None,
        waived: None,
    }
}

fn attempt(
    task: &Task<'_>,
    tree: &Tree,
    pair: &Pair<'_>,
    compiler: Compiler<'_>,
) -> anyhow::Result<Result<Option<String>, Failure>> {
    let Pair {
        driver, subject, ..
    } = pair;
    let scratch = task.context.scratch.join(pair.id());
    fs::create_dir_all(&scratch)?;
    let compilation = compile::compile(compiler, driver, tree, &scratch)?;
    let own = missing::own_modules(&tree.source().join(&driver.root));
    let lacks = missing::missing(&compilation.errors, &own);
    Ok(verdict::verdict(
        driver,
        &subject.name,
        &compilation,
        &lacks,
    ))
}

/// What does not compile cannot run.
fn unborn(task: &Task<'_>, pair: &Pair<'_>, case: &Case, failure: &Failure) -> Judgement {
    Judgement {
        id: pair.id_of_run(),
        failure: Some(Failure {
            kind: FailureKind::NotJudged,
            got: format!("not judged, since it does not compile: see {}", pair.id()),
            ..failure.clone()
        }),
        ..task.context.judgement(DRIVERS, case)
    }
}

/// Links a driver and its program to the stub, and runs that. `init_module` is
/// one symbol, so each driver has a binary of its own; and functions of it that
/// nobody calls would call what the stub does not have.
fn execute(
    task: &Task<'_>,
    pair: &Pair<'_>,
    case: &Case,
    compiler: Compiler<'_>,
) -> anyhow::Result<Judgement> {
    let (context, name) = (task.context, pair.driver.crate_name());
    let scratch = context.scratch.join(pair.id());
    let library = scratch.join(format!("lib{name}.rlib"));
    let mut artifacts: Artifacts = compiler.artifacts.with(name, library);
    artifacts.manner.dead_code = false;
    let compiler = Compiler {
        artifacts: &artifacts,
        ..compiler
    };
    let limit = context.terms.timeout;
    let judgement = match program::link(compiler, &[case], &scratch.join("run"), limit)? {
        Ok(binary) => run::judge(task, DRIVERS, &binary, Flavor::Debug, case)?,
        Err(compilation) => Judgement {
            failure: Some(linking::failure(case, &compilation)),
            ..task.context.judgement(DRIVERS, case)
        },
    };
    Ok(Judgement {
        id: pair.id_of_run(),
        ..judgement
    })
}
