//! The command `mutants`: edits of what is judged, and who notices them.
//!
//! Owns the order of its work and its exit status. A mutant is judged as a
//! change by a person would be, over a copy of the sources, by the same lanes
//! and cases; what nothing notices is what the cases do not show.

mod options;
mod order;
mod phases;
mod report;
mod results;
mod select;
mod session;
mod verdict;
mod worker;

pub use options::Format;
pub use options::Options;
pub use options::Shard;

use std::collections::VecDeque;
use std::io::Write;
use std::sync::mpsc;
use std::sync::Mutex;
use std::thread;

use crate::command::mutants::order::Order;
use crate::command::mutants::phases::Suite;
use crate::command::mutants::report::Report;
use crate::command::mutants::report::Row;
use crate::command::mutants::report::Score;
use crate::command::mutants::results::Results;
use crate::command::mutants::session::Session;
use crate::command::mutants::verdict::Judged;
use crate::command::mutants::worker::unbuilt;
use crate::command::mutants::worker::Worker;
use crate::ground::flavor::Flavor;
use crate::ground::record::Question;
use crate::judge::lane::Lane;
use crate::judge::runner::LaneRunner;
use crate::judge::selection::Selection;
use crate::subject::cargo::Package;
use crate::subject::mutated::Recorder;
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
    session.materialise()?;
    let rows = judge(&session, options, &mutants, &mut report)?;
    report.finish(&rows, 0)?;
    let score = Score::of(&rows);
    Ok(u8::from(score.survived + score.timeout > 0))
}

/// Judges mutants, many at once, each in a copy of its worker's.
fn judge<'m, W: Write>(
    session: &Session,
    options: &Options,
    mutants: &[&'m Mutant],
    report: &mut Report<'_, W>,
) -> anyhow::Result<Vec<Row<'m>>> {
    let package = Package {
        manifest: &session.target.own,
        workspace: &session.workspace,
        toolchain: &session.toolchain,
        recorder: None,
    };
    let recorder = Recorder::new(package, session.target.own.stub.is_some());
    let base = recorder.of(Flavor::Debug).map_err(unbuilt)?;
    let mut ground = Question::default();
    ground.text(&session.toolchain.verbose);
    ground.key_of(&base.artifacts.digest).key_of(&base.artifacts.stub);
    let workspace = &session.workspace;
    let name = format!("{}{}.jsonl", session.target.subject.name, workspace.mark());
    let path = workspace.target().join("mutants").join(name);
    let counts = options.cache && !options.matrix;
    let results = Results::open(&path, &session.corpus, ground.key(), counts)?;
    let order = Order::new(session.corpus.spoken());
    results.all().for_each(|judged| order.learn(judged));
    let suite = suite(session);
    let mut rows: Vec<Row<'m>> = Vec::new();
    let mut open: VecDeque<&Mutant> = VecDeque::new();
    for mutant in mutants {
        match results.find(mutant) {
            Some(judged) => {
                let row = row(mutant, judged, true);
                report.judged(&row)?;
                rows.push(row);
            }
            None => open.push_back(mutant),
        }
    }
    let bar = bar(mutants.len(), rows.len());
    let jobs = options.jobs.map_or_else(cores, |jobs| jobs.get());
    let jobs = jobs.min(open.len()).max(1);
    let open = Mutex::new(open);
    let (sender, receiver) = mpsc::channel::<anyhow::Result<(&'m Mutant, Judged)>>();
    thread::scope(|scope| -> anyhow::Result<()> {
        for _ in 0..jobs {
            let (sender, open) = (sender.clone(), &open);
            let (recorder, suite, order) = (&recorder, &suite, &order);
            scope.spawn(move || {
                let work = || -> anyhow::Result<()> {
                    let worker = Worker::new(session, recorder, suite, order, options.matrix)?;
                    while let Some(mutant) = next(open) {
                        let judged = worker.judge(mutant)?;
                        order.learn(&judged);
                        if sender.send(Ok((mutant, judged))).is_err() {
                            break;
                        }
                    }
                    Ok(())
                };
                // All processes that it waits for are waited for by one thread.
                let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
                let done = pool
                    .map_err(anyhow::Error::from)
                    .and_then(|pool| pool.install(work));
                if let Err(error) = done {
                    drop(sender.send(Err(error)));
                }
            });
        }
        drop(sender);
        for judged in receiver.iter() {
            let (mutant, judged) = judged?;
            results.add(mutant, &judged)?;
            let row = row(mutant, judged, false);
            bar.suspend(|| report.judged(&row))?;
            rows.push(row);
            bar.inc(1);
        }
        Ok(())
    })?;
    bar.finish_and_clear();
    let place = |row: &Row<'_>| mutants.iter().position(|it| it.id == row.mutant.id);
    rows.sort_by_key(place);
    Ok(rows)
}

fn row(mutant: &Mutant, judged: Judged, cached: bool) -> Row<'_> {
    Row {
        mutant,
        judged,
        cached,
        waived: None,
    }
}

fn next<'m>(open: &Mutex<VecDeque<&'m Mutant>>) -> Option<&'m Mutant> {
    let open = open.lock();
    let mut open = open.unwrap_or_else(|poisoned| poisoned.into_inner());
    open.pop_front()
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get)
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

/// The lanes that may notice a mutant, with their cases. Snapshots notice any
/// difference of words, and holes are there to be open.
fn suite(session: &Session) -> Suite<'_> {
    const NOTICE: [Lane; 5] = [
        Lane::VERDICT,
        Lane::TWINS,
        Lane::LAYOUT,
        Lane::RUN,
        Lane::CONTROLS,
    ];
    let corpus = &session.corpus;
    let everything = Selection::default();
    let excused: Vec<&String> = corpus.holes.iter().flat_map(|hole| &hole.excuses).collect();
    let lanes = session.lanes.iter().map(|lane| &**lane);
    let lanes = lanes.filter(|lane: &&dyn LaneRunner| {
        NOTICE.contains(&lane.lane()) && session.target.leaves_out(lane.lane()).is_none()
    });
    Suite::new(lanes.map(|lane| {
        let mut cases = lane.cases(corpus, &everything);
        cases.retain(|case| !excused.contains(&&case.id));
        (lane, cases)
    }))
}
