//! A recorded run that every reporter is tested with.
//!
//! Owns the events, with everything that a format may stumble over, and the
//! page that a report is written to.

use std::collections::BTreeMap;
use std::io;
use std::io::Write;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;

use crate::ground::problem::Problem;
use crate::judge::claim::Claim;
use crate::judge::claim::Claims;
use crate::judge::event::Counts;
use crate::judge::event::Event;
use crate::judge::event::Failure;
use crate::judge::event::Judgement;
use crate::judge::event::Start;
use crate::judge::event::Summary;
use crate::judge::lane::Lane;
use crate::judge::reporter::Reporter;

/// What a program wrote that knows the weak points of every format.
pub const NASTY: &str = "\u{1b}[31mviolation\u{1b}[0m: 100% <lost> & ]]> \"ß\", 日本\r\n\
    ::error::not ours\n\
    # Subtest: not ours\n\
    ok 1 not ours\n\
    ``` | </code></pre>";

/// Lets a reporter report the recorded run, in the order of a real one.
pub fn play(reporter: &mut dyn Reporter) {
    for event in run() {
        if let Event::Finished(summary) = &event {
            reporter.settle(&Summary {
                ledger: String::new(),
                ..summary.clone()
            });
        }
        reporter.event(&event);
    }
}

/// All events of the run.
pub fn run() -> Vec<Event> {
    let mut events = vec![Event::Started(start())];
    events.push(Event::Working("building the API".to_owned()));
    for (lane, remark, judgements) in lanes() {
        let (total, mut counts) = (judgements.len(), Counts::default());
        events.push(Event::LaneStarted { lane, total });
        for (done, judgement) in judgements.into_iter().enumerate() {
            counts.add(judgement.outcome());
            let done = done + 1;
            events.push(Event::Progress { lane, done });
            events.push(Event::Case(judgement));
        }
        events.push(Event::LaneFinished {
            lane,
            counts,
            remark: remark.to_owned(),
            elapsed: Duration::from_millis(1940),
        });
    }
    events.extend(problems().into_iter().map(Event::Problem));
    events.push(Event::Finished(summary()));
    events
}

/// All verdicts of the run.
pub fn judgements() -> Vec<Judgement> {
    let lanes = lanes().into_iter();
    lanes.flat_map(|(_, _, judgements)| judgements).collect()
}

/// The result of the run.
pub fn summary() -> Summary {
    let (mut counts, mut lanes) = (Counts::default(), BTreeMap::<Lane, Counts>::new());
    for judgement in judgements() {
        counts.add(judgement.outcome());
        let lane = lanes.entry(judgement.lane).or_default();
        lane.add(judgement.outcome());
    }
    let failed = |judgement: &Judgement| judgement.failure.is_some();
    Summary {
        target: "api".to_owned(),
        counts,
        lanes,
        failures: judgements().into_iter().filter(failed).collect(),
        problems: problems(),
        unwritten: Vec::new(),
        ledger: "ledger: 12 found, 11 judged, 11 reported".to_owned(),
        elapsed: Duration::from_millis(12_340),
    }
}

fn start() -> Start {
    Start {
        target: "api".to_owned(),
        compiler: "rustc 1.95.0".to_owned(),
        seed: 7,
        jobs: 2,
        lanes: Lane::KNOWN.to_vec(),
        claims: claims(),
    }
}

fn claims() -> Claims {
    let entries = [
        (
            "guard-needs-ioctl",
            "A guard needs a device that was registered.",
            "drm::Device::registration_guard",
        ),
        (
            "no-leak",
            "100% of what is allocated is freed; \"all\" <means> all.",
            "drm::Driver, # Invariants",
        ),
        ("untried", "Nobody has tried this.", "drm::Untried"),
    ];
    let claim = |(number, (id, sentence, source)): (usize, (&str, &str, &str))| Claim {
        id: id.to_owned(),
        sentence: sentence.to_owned(),
        source: source.to_owned(),
        naming: false,
        line: 10 + 5 * number,
    };
    let claims = entries.into_iter().enumerate().map(claim);
    claims.map(|claim| (claim.id.clone(), claim)).collect()
}

fn problems() -> Vec<Problem> {
    let untried = Problem::new(
        "unproven claim `untried`: Nobody has tried this.",
        "add a case for it, or remove the claim",
    );
    vec![
        untried.in_file("contracts/claims.toml".into()).at_line(20),
        Problem::new(
            "lane necessity did not run: 2 cases lost, 100%: all",
            "run `cargo soundcheck check --lane necessity`",
        ),
    ]
}

fn lanes() -> Vec<(Lane, &'static str, Vec<Judgement>)> {
    vec![
        (Lane::BUILD, "", vec![whole()]),
        (Lane::VERDICT, "2 confirmed alone", verdicts()),
        (Lane::TWINS, "1 confirmed alone", twins()),
        (Lane::LAYOUT, "debug, release", layouts()),
        (Lane::RUN, "15 replays with a failing call", programs()),
        (Lane::HOLES, "", vec![hole()]),
    ]
}

fn whole() -> Judgement {
    Judgement {
        path: "api".into(),
        claim: String::new(),
        sentence: String::new(),
        ..judgement(Lane::BUILD, "api")
    }
}

fn verdicts() -> Vec<Judgement> {
    let failure = Failure {
        line: Some(8),
        expected: "E0599 guard on line 8".to_owned(),
        got: "no E0599 guard on line 8\nerror[E0308]: mismatched types".to_owned(),
        next: "compare the marks with the errors".to_owned(),
    };
    vec![
        Judgement {
            alone: Some("refused in its batch".to_owned()),
            failure: Some(failure),
            ..judgement(Lane::VERDICT, "ui-fail/guard/bad")
        },
        Judgement {
            alone: Some("random sample".to_owned()),
            ..judgement(Lane::VERDICT, "ui-fail/guard/good")
        },
        Judgement {
            cached: true,
            ..judgement(Lane::VERDICT, "matrix/guard#2/via, path")
        },
    ]
}

fn twins() -> Vec<Judgement> {
    vec![
        Judgement {
            alone: Some("it has an impl of a foreign type".to_owned()),
            ..judgement(Lane::TWINS, "ui-fail/guard/bad")
        },
        judgement(Lane::TWINS, "ui-fail/guard/good"),
    ]
}

fn layouts() -> Vec<Judgement> {
    let mode = |mode: &str| Judgement {
        path: "layout/größe 1.rs".into(),
        ..judgement(Lane::LAYOUT, &format!("layout/größe 1@{mode}"))
    };
    vec![mode("debug"), mode("release")]
}

fn programs() -> Vec<Judgement> {
    let failure = Failure {
        line: None,
        expected: "no violation".to_owned(),
        got: NASTY.to_owned(),
        next: "cargo soundcheck check --lane run ui-pass/leaks".to_owned(),
    };
    let claimed = |id: &str, replays: usize, failure: Option<Failure>| Judgement {
        claim: "no-leak".to_owned(),
        sentence: claims()["no-leak"].sentence.clone(),
        replays,
        failure,
        ..judgement(Lane::RUN, id)
    };
    vec![
        claimed("ui-pass/clean", 12, None),
        claimed("ui-pass/leaks", 3, Some(failure)),
    ]
}

fn hole() -> Judgement {
    Judgement {
        waived: Some("A file of one driver is taken for 100% of another's, #1.".to_owned()),
        ..judgement(Lane::HOLES, "holes/linux/file_taken")
    }
}

fn judgement(lane: Lane, id: &str) -> Judgement {
    Judgement {
        id: id.to_owned(),
        lane,
        path: format!("{id}.rs").into(),
        claim: "guard-needs-ioctl".to_owned(),
        sentence: "A guard needs a device that was registered.".to_owned(),
        alone: None,
        cached: false,
        replays: 0,
        failure: None,
        waived: None,
    }
}

/// A stream that can be read after the reporter is done with it.
#[derive(Clone, Default)]
pub struct Page(Arc<Mutex<Vec<u8>>>);

impl Page {
    /// What was written.
    pub fn text(&self) -> String {
        let page = self.0.lock().expect("no test panics while it writes");
        String::from_utf8(page.clone()).expect("reports are UTF-8")
    }
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut page = self.0.lock().expect("no test panics while it writes");
        page.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A disk on which there is room for a number of bytes.
pub struct Disk(pub usize);

impl Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0 == 0 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let written = bytes.len().min(self.0);
        self.0 -= written;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Compares a report with its snapshot.
pub fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../tests/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
