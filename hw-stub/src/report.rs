//! What is reported about a run.

use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;

use crate::channel;
use crate::fault;
use crate::oracle::{self, Violation};

/// How a program ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Outcome {
    /// It returned success.
    Ok,
    /// It returned an error.
    Error,
    /// It panicked, or died of a signal.
    Panic,
    /// It did not end.
    Timeout,
}

#[derive(Serialize)]
struct Report<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<&'static str>,
    outcome: Outcome,
    errno: Option<i32>,
    fallible_calls: u64,
    fault: Option<fault::Fired>,
    violations: Vec<Violation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<Vec<String>>,
}

/// Which run is reported, and how much of it.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) id: String,
    pub(crate) trace: bool,
}

static GIVEN: AtomicBool = AtomicBool::new(false);

/// Gives the report and ends the process: with 0 when all is well, with 1 otherwise. Only the
/// first caller gets to do so; others never return either.
pub(crate) fn finish(run: &Run, outcome: Outcome, errno: Option<i32>) -> ! {
    if GIVEN.swap(true, Ordering::SeqCst) {
        loop {
            std::thread::park();
        }
    }
    let (violations, trace) = oracle::snapshot().unwrap_or_default();
    let fault = fault::fired();
    let fine = match outcome {
        Outcome::Ok => true,
        Outcome::Error => fault.is_some(),
        Outcome::Panic | Outcome::Timeout => false,
    };
    let code = i32::from(!(fine && violations.is_empty()));
    let report = Report {
        id: &run.id,
        token: channel::token(),
        outcome,
        errno,
        fallible_calls: fault::calls(),
        fault,
        violations,
        trace: run.trace.then_some(trace),
    };
    let line = serde_json::to_string(&report).expect("a report is made of text and numbers");
    channel::write(&line);
    std::process::exit(code);
}

/// The report of a process that cannot even report.
pub(crate) fn emergency_line(run: &Run) -> String {
    let text = |text: &str| serde_json::to_string(text).expect("it is text");
    let id = text(&run.id);
    let token = channel::token().map_or("null".to_owned(), text);
    format!(
        "\n{{\"id\":{id},\"token\":{token},\"outcome\":\"panic\",\"errno\":null,\"fallible_calls\":0,\"fault\":null,\
         \"violations\":[{{\"name\":\"abort\",\"message\":\"the program crashed, and its report \
         with it\",\"first\":null,\"second\":null}}]}}\n"
    )
}
