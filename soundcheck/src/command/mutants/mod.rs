//! The command `mutants`: edits of what is judged, and who notices them.
//!
//! Owns the order of its work and its exit status. A mutant is judged as a
//! change by a person would be, over a copy of the sources, by the same lanes
//! and cases; what nothing notices is what the cases do not show.

mod options;

mod in_diff;
mod session;
mod verdict;

mod base;

mod order;
mod select;

mod phases;

mod shared;

mod causes;
mod green;
mod report;
mod results;

mod bench;

mod worker;

mod crew;
mod waived;

pub use options::Format;
pub use options::Options;
pub use options::Shard;
pub use options::Wanted;

use std::io::Write;

use anyhow::Context as _;

use crate::command::mutants::base::Base;
use crate::command::mutants::crew::Crew;
use crate::command::mutants::order::Order;
use crate::command::mutants::phases::Question;
use crate::command::mutants::phases::Suite;
use crate::command::mutants::report::Report;
use crate::command::mutants::report::Row;
use crate::command::mutants::report::Score;
use crate::command::mutants::results::Results;
use crate::command::mutants::session::Session;
use crate::command::mutants::shared::Shared;
use crate::command::mutants::verdict::Judged;
use crate::command::mutants::verdict::Kill;
use crate::command::mutants::verdict::Verdict;
use crate::ground::key::Key;
use crate::ground::problem::Problem;
use crate::judge::lane::Lane;
use crate::judge::runner::LaneRunner;
use crate::judge::selection::Selection;
use crate::subject::mutation::Mutant;

/// Judges mutants and reports. Returns the exit status: 1 if one survived.
///
/// # Errors
///
/// Nothing could be judged, or the output cannot be written.
pub fn run(options: &Options, out: &mut impl Write) -> anyhow::Result<u8> {
    let session = Session::open(options)?;
    let mutants = select::select(&session, options)?;
    let mut report = Report {
        out,
        format: options.format,
        diff: options.diff,
        texts: &session.texts,
    };
    if options.list {
        report.list(&mutants)?;
        return Ok(0);
    }
    let (mut rows, red) = judge(&session, options, &mutants, &mut report)?;
    if !red.is_empty() {
        report.problems(&red)?;
        return Ok(1);
    }
    let mut problems = match options.wanted {
        Wanted::Causes => Vec::new(),
        _ => waived::apply(&session, &mut rows),
    };
    if options.wanted == Wanted::First {
        problems.extend(unexpected(&session, &rows));
    }
    if options.wanted == Wanted::Causes {
        problems.extend(causes::report(&session, options, &rows, &mut report)?);
        report.problems(&problems)?;
        return Ok(u8::from(!problems.is_empty()));
    }
    report.finish(&rows, &problems)?;
    let score = Score::of(&rows);
    let is_bad = score.survived + score.timeout > 0 || !problems.is_empty();
    Ok(u8::from(is_bad))
}

/// Judges mutants, unless that was done before. If something is red without any
/// mutant, that is returned too, and nothing is worth a word beside it.
fn judge<'s, W: Write>(
    session: &'s Session,
    options: &Options,
    mutants: &[&'s Mutant],
    report: &mut Report<'_, W>,
) -> anyhow::Result<(Vec<Row<'s>>, Vec<Problem>)> {
    let base = Base::of(session);
    let results = results(session, options, base.ground(session)?)?;
    let order = Order::new(session.corpus.spoken());
    results.all().for_each(|judged| order.learn(judged));
    let suite = suite(session, &options.cases);
    let mut rows: Vec<Row<'s>> = Vec::new();
    let mut open = Vec::new();
    for mutant in mutants {
        match results.find(mutant) {
            Some(judged) => rows.push(tell(report, mutant, judged, true)?),
            None => {
                let (looked, known) = results.looked(mutant);
                open.push(Question {
                    mutant,
                    looked,
                    known,
                    expected: session.expected.get(&mutant.id),
                });
            }
        }
    }
    if open.len() > FEW {
        let red = green::problems(session, options, None)?;
        if !red.is_empty() {
            return Ok((rows, red));
        }
    }
    let is_checked = open.len() > FEW;
    session.materialise()?;
    let bar = bar(mutants.len(), rows.len());
    let shared = Shared {
        session,
        base: &base,
        suite: &suite,
        order: &order,
        wanted: options.wanted,
    };
    let crew = Crew {
        shared,
        jobs: options.jobs,
    };
    crew.judge(open, |judged| {
        let mut all = mutants.iter().copied();
        let mutant = all.find(|mutant| mutant.id == judged.id);
        let mutant = mutant.context("what was judged was asked for")?;
        results.add(mutant, &judged)?;
        rows.push(bar.suspend(|| tell(report, mutant, judged, false))?);
        bar.inc(1);
        Ok(())
    })?;
    bar.finish_and_clear();
    let place = |row: &Row<'_>| mutants.iter().position(|it| it.id == row.mutant.id);
    rows.sort_by_key(place);
    let killers = || rows.iter().filter(|row| !row.cached).flat_map(killers);
    let red = match is_checked {
        true => Vec::new(),
        false => green::problems(session, options, Some(killers().collect()))?,
    };
    Ok((rows, red))
}

/// The cases that noticed a mutant, by their names as tests.
fn killers<'r>(row: &'r Row<'_>) -> impl Iterator<Item = String> + 'r {
    let by = match &row.judged.verdict {
        Verdict::Killed { by } => by.as_slice(),
        _ => &[],
    };
    let lane = |kill: &Kill| NOTICE.into_iter().find(|lane| lane.name() == kill.lane);
    by.iter()
        .filter_map(move |kill| Some(lane(kill)?.test(&kill.case)))
}

/// So many mutants are judged before anybody asks whether the subject is green
/// without them: then only those cases are asked that have noticed.
const FEW: usize = 20;

fn tell<'m, W: Write>(
    report: &mut Report<'_, W>,
    mutant: &'m Mutant,
    judged: Judged,
    cached: bool,
) -> anyhow::Result<Row<'m>> {
    let row = Row {
        mutant,
        judged,
        cached,
        waived: None,
    };
    report.judged(&row)?;
    Ok(row)
}

fn results(session: &Session, options: &Options, ground: Key) -> anyhow::Result<Results> {
    let workspace = &session.workspace;
    let what = match options.wanted {
        Wanted::Causes => "-causes",
        Wanted::Everybody => "-matrix",
        Wanted::First => "",
    };
    let name = &session.target.subject.name;
    let name = format!("{name}{}{what}.jsonl", workspace.mark());
    let path = workspace.target().join("mutants").join(name);
    Results::open(&path, &session.corpus, ground, options)
}

/// The mutants that somebody wrote for a claim, and that another one noticed.
fn unexpected(session: &Session, rows: &[Row<'_>]) -> Vec<Problem> {
    let problem = |row: &Row<'_>| {
        let expected = session.expected.get(&row.mutant.id)?;
        let kill = row.judged.first_kill();
        let what = match kill {
            Some(kill) if kill.claim == expected.claim => return None,
            Some(kill) => format!("was noticed for `{}`", kill.claim),
            None if row.is_viable() => return None,
            None => "does not build".to_owned(),
        };
        let (id, claim) = (&row.mutant.id, &expected.claim);
        let what = format!("{id} {what}, and not for its claim `{claim}`");
        Some(Problem::new(
            what,
            "correct the edit, its claim or its cases",
        ))
    };
    rows.iter().filter_map(problem).collect()
}

/// Progress with an estimate, on a terminal only.
fn bar(total: usize, done: usize) -> indicatif::ProgressBar {
    let bar = indicatif::ProgressBar::new(total as u64);
    let style = indicatif::ProgressStyle::with_template("mutants {pos}/{len}, {eta} left");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.set_position(done as u64);
    bar.reset_eta();
    bar
}

/// The lanes that may notice a mutant. Snapshots notice any difference of words,
/// and holes are there to be open.
const NOTICE: [Lane; 5] = [
    Lane::VERDICT,
    Lane::TWINS,
    Lane::LAYOUT,
    Lane::RUN,
    Lane::CONTROLS,
];

/// The lanes that may notice a mutant, with their cases. A case that is known
/// not to hold notices nothing.
fn suite<'s>(session: &'s Session, filters: &[String]) -> Suite<'s> {
    let corpus = &session.corpus;
    let everything = Selection::default();
    let excused: Vec<&String> = corpus.holes.iter().flat_map(|hole| &hole.excuses).collect();
    let lanes = session.lanes.iter().map(|lane| &**lane);
    let lanes = lanes.filter(|lane: &&dyn LaneRunner| {
        NOTICE.contains(&lane.lane()) && session.target.leaves_out(lane.lane()).is_none()
    });
    Suite::new(lanes.map(|lane| {
        let mut cases = lane.cases(corpus, &everything);
        let is_wanted = |id: &str| filters.iter().any(|filter| id.contains(filter));
        cases.retain(|case| !excused.contains(&&case.id));
        cases.retain(|case| filters.is_empty() || is_wanted(&case.id));
        (lane, cases)
    }))
}
