//! What happened, and what must not have happened.
//!
//! Every call records an [`Event`]; every misuse is a [`Violation`] that points to the two events
//! which conflict. Nothing here judges: the functions behind the C ABI report what they see.

mod event;
mod kind;
mod violation;

use std::sync::Mutex;

use crate::sync::{lock, lock_soon};
use crate::thread;

pub use event::Event;
pub(crate) use event::Seq;
pub use kind::Kind;
pub use violation::Violation;

struct Log {
    events: Vec<Event>,
    violations: Vec<Violation>,
}

static LOG: Mutex<Log> = Mutex::new(Log {
    events: Vec::new(),
    violations: Vec::new(),
});

/// Everything that was recorded so far, in order.
pub fn events() -> Vec<Event> {
    lock(&LOG).events.clone()
}

/// Every misuse that was noticed so far, in order.
pub fn violations() -> Vec<Violation> {
    lock(&LOG).violations.clone()
}

/// The events that a reader of a trace cares about, one line each: the same from run to run as
/// long as the program itself is deterministic.
pub fn trace() -> Vec<String> {
    lines(&lock(&LOG))
}

/// Records an event of the running thread.
pub(crate) fn event(text: impl Into<String>) -> Seq {
    push(&mut lock(&LOG), thread::current(), text.into(), false)
}

/// Records an event that matters only as evidence, and is left out of traces.
pub(crate) fn detail(text: impl Into<String>) -> Seq {
    push(&mut lock(&LOG), thread::current(), text.into(), true)
}

/// Reports a misuse; `first` is the earlier event that `second` conflicts with.
///
/// A misuse that was reported already in the same words is not repeated: a poll loop would bury
/// everything else.
pub(crate) fn report(kind: Kind, message: impl Into<String>, first: Option<Seq>, second: Seq) {
    add_violation(&mut lock(&LOG), kind, message.into(), first, Some(second));
}

/// Reports at the end of a run that what `first` began was never ended.
pub(crate) fn report_leak(kind: Kind, message: impl Into<String>, first: Seq) {
    add_violation(&mut lock(&LOG), kind, message.into(), Some(first), None);
}

/// Reports for `thread`, which cannot do so itself any more. Gives up when
/// that thread keeps the log locked.
pub(crate) fn report_fatal(
    thread: thread::Id,
    kind: Kind,
    message: &str,
    first: Option<Seq>,
    text: String,
) {
    let Some(mut log) = lock_soon(&LOG) else {
        return;
    };
    let second = push(&mut log, thread, text, false);
    add_violation(&mut log, kind, message.into(), first, Some(second));
}

/// Violations and trace for a last report; none when a dead thread keeps them locked.
pub(crate) fn snapshot() -> Option<(Vec<Violation>, Vec<String>)> {
    let log = lock_soon(&LOG)?;
    Some((log.violations.clone(), lines(&log)))
}

fn lines(log: &Log) -> Vec<String> {
    let visible = log.events.iter().filter(|event| !event.detail);
    visible
        .map(|event| format!("{} {}", event.thread, event.text))
        .collect()
}

fn push(log: &mut Log, thread: thread::Id, text: String, detail: bool) -> Seq {
    let seq = Seq(log.events.len());
    log.events.push(Event {
        seq: seq.number(),
        thread: thread.to_string(),
        text,
        detail,
    });
    seq
}

fn add_violation(
    log: &mut Log,
    kind: Kind,
    message: String,
    first: Option<Seq>,
    second: Option<Seq>,
) {
    let known = |old: &Violation| old.kind() == kind && old.message == message;
    if log.violations.iter().any(known) {
        return;
    }
    let event = |seq: Seq| log.events[seq.0].clone();
    let violation = Violation::new(kind, message, first.map(event), second.map(event));
    log.violations.push(violation);
}
