//! The report for people against a recorded run, escapes stripped.

use std::io::Write;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;

use super::*;
use crate::event::Failure;
use crate::problem::Problem;

/// A stream that can be read after the reporter is done with it.
#[derive(Clone, Default)]
struct Page(Arc<Mutex<Vec<u8>>>);

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut page = self.0.lock().expect("no test panics while it writes");
        page.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn judgement(id: &str, failure: Option<Failure>) -> Judgement {
    Judgement {
        id: id.to_owned(),
        lane: Lane::Verdict,
        path: format!("{id}.rs").into(),
        claim: "guard-needs-ioctl".to_owned(),
        sentence: "A guard needs a device that was registered.".to_owned(),
        alone: Some("random sample".to_owned()),
        replays: 0,
        failure,
    }
}

fn recorded() -> Vec<Event> {
    let failure = Failure {
        line: Some(8),
        expected: "E0599 guard on line 8".to_owned(),
        got: "no E0599 guard on line 8\nerror[E0308]: mismatched types".to_owned(),
        next: "compare the marks with the errors".to_owned(),
    };
    let problem = Problem::new("lane run did not run: 2 cases lost", "run it");
    let failed = judgement("ui-fail/guard/bad", Some(failure));
    let counts = Counts {
        total: 2,
        passed: 1,
        failed: 1,
    };
    vec![
        Event::Started(Start {
            target: "api".to_owned(),
            compiler: "rustc 1.95.0".to_owned(),
            seed: 7,
            jobs: 2,
        }),
        Event::Case(judgement("ui-fail/guard/good", None)),
        Event::Case(failed.clone()),
        Event::LaneFinished {
            lane: Lane::Verdict,
            counts,
            remark: "2 confirmed alone".to_owned(),
            elapsed: Duration::from_millis(1940),
        },
        Event::Problem(problem.clone()),
        Event::Finished(Summary {
            counts,
            failures: vec![failed],
            problems: vec![problem],
            ledger: "ledger: 4 found, 2 judged, 2 reported".to_owned(),
            elapsed: Duration::from_millis(2340),
            ..Summary::default()
        }),
    ]
}

fn written(verbose: bool) -> String {
    let page = Page::default();
    let mut human = Human::new(page.clone(), verbose);
    recorded().iter().for_each(|event| human.event(event));
    assert_eq!(human.reported(), 2);
    let bytes = page
        .0
        .lock()
        .expect("no test panics while it writes")
        .clone();
    let text = String::from_utf8(bytes).expect("reports are UTF-8");
    anstream::adapter::strip_str(&text).to_string()
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../tests/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn a_run_in_short() {
    snapshot("human", &written(false));
}

#[test]
fn a_run_at_length() {
    snapshot("human_verbose", &written(true));
}
