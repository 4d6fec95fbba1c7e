//! The command `check`: one run over everything that was selected.
//!
//! Owns which lanes run, and which are left out. How they are judged is the
//! judge's business.

use anyhow::Context as _;
use camino::Utf8Path;

use crate::command::options::CheckOptions;
use crate::ground::problem::InputError;
use crate::ground::problem::Problem;
use crate::ground::toolchain::Toolchain;
use crate::ground::workspace::Workspace;
use crate::judge::builds::Builds;
use crate::judge::context::Context;
use crate::judge::corpus::Corpus;
use crate::judge::event::Summary;
use crate::judge::lane::Lane;
use crate::judge::reporter::Reporter;
use crate::judge::runner::LaneRunner;
use crate::judge::session;
use crate::judge::session::LeftOut;
use crate::judge::session::Plan;
use crate::subject::drivers::lane::DRIVERS;
use crate::subject::load;
use crate::subject::surface::lane::SurfaceLane;
use crate::subject::target::AtHand;
use crate::subject::target::Target;

/// Runs everything that was selected.
///
/// An error means that nothing could be judged. Everything else, also a claim
/// that does not hold, is in the summary and in the events.
pub fn check(
    options: &CheckOptions,
    reporters: &mut [Box<dyn Reporter>],
) -> anyhow::Result<Summary> {
    let selection = options.selection();
    let workspace = Workspace::open(options.root.as_deref(), options.target_dir.as_deref())?;
    let cache = options.cache(&workspace);
    let target = Target::open(&workspace, options.kernel.as_ref())?;
    let corpus = load::corpus(&workspace, &cache, &target)?;
    let mut all = target.lanes(&workspace)?;
    all.push(Box::new(SurfaceLane::of(&target, &workspace)));
    let asked = options.lanes()?;
    let wanted = |lane: Lane| (asked.is_empty() || asked.contains(&lane)) && selection.wants(lane);
    let mut lanes: Vec<&dyn LaneRunner> = all.iter().map(|lane| &**lane).collect();
    lanes.retain(|lane| wanted(lane.lane()));
    selection.admit(&corpus, || load::ids(&lanes, &corpus, &target.subject))?;
    let toolchain = Toolchain::select(&workspace, options.terms.toolchain.as_deref())?;
    let reviews = lanes
        .iter()
        .any(|lane| lane.lane() == Lane::SNAPSHOT && target.leaves_out(lane.lane()).is_none());
    let problems = match reviews {
        true => selection.unreviewed(&corpus),
        false => Vec::new(),
    };
    let left_out = leave_out(&mut lanes, &target, &corpus, &toolchain, &asked)?;
    let scratch = workspace.scratch()?;
    let scratch = Utf8Path::from_path(scratch.path()).context("the scratch path is not UTF-8")?;
    let at_hand = AtHand {
        target: &target,
        workspace: &workspace,
        toolchain: &toolchain,
    };
    let stub = lanes.iter().any(|lane| lane.needs_stub());
    let builds =
        Builds::new(&workspace, &toolchain, &at_hand, stub).within(options.terms.compiler_timeout);
    let context = Context {
        workspace: &workspace,
        subject: &target.subject,
        corpus: &corpus,
        terms: &options.terms,
        selection: &selection,
        toolchain: &toolchain,
        builds: &builds,
        scratch,
        seed: options.terms.seed.unwrap_or_else(|| fastrand::u64(..)),
    };
    let plan = Plan {
        context,
        build: &at_hand,
        lanes: &lanes,
        left_out,
        problems,
        cache: &cache,
    };
    session::run(plan, reporters)
}

/// Leaves lanes out that have nothing to judge here, and gives the remarks
/// about them. What only kernels have is no news elsewhere unless somebody
/// asked for it.
fn leave_out(
    lanes: &mut Vec<&dyn LaneRunner>,
    target: &Target,
    corpus: &Corpus,
    toolchain: &Toolchain,
    asked: &[Lane],
) -> Result<Vec<LeftOut>, InputError> {
    let why = |runner: &dyn LaneRunner| match target.leaves_out(runner.lane()) {
        Some(why) => Some(why),
        None if runner.lane() != Lane::SNAPSHOT => runner.left_out(corpus),
        None if corpus.snapshots.cover(&toolchain.label) => None,
        None => Some(format!(
            "there are no snapshots for rustc {}",
            toolchain.label
        )),
    };
    let mut left_out = Vec::new();
    lanes.retain(|lane| {
        let (why, lane) = (why(*lane), lane.lane());
        let stays = why.is_none();
        left_out.extend(why.map(|why| LeftOut { lane, why }));
        stays
    });
    if let (true, Some(first)) = (lanes.is_empty(), left_out.first()) {
        let next = match first.lane {
            Lane::SNAPSHOT if target.places.snapshots.is_some() => {
                "ask for another lane; `cargo soundcheck bless --toolchain NAME` writes snapshots"
            }
            lane if lane == DRIVERS => {
                "ask for another lane; --kernel OBJTREE names a tree with drivers"
            }
            _ => "ask for another lane; docs/soundcheck-toml.md of soundcheck says what each needs",
        };
        return Err(InputError::one(Problem::new(&first.why, next)));
    }
    left_out.retain(|left_out| target.is_news(left_out.lane) || asked.contains(&left_out.lane));
    Ok(left_out)
}
