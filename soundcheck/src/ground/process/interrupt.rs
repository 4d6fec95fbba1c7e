//! What happens when somebody ends the tool: its compilers and programs end
//! with it.
//!
//! They are in groups of their own, so Ctrl-C on a terminal does not reach them
//! without us. Nothing can be done about SIGKILL, but that limits of processor
//! time end what runs for ever, and that the stub's runner dies with the tool.

use std::sync::Mutex;
use std::sync::PoisonError;

use anyhow::Context as _;

use crate::ground::process::group;

/// The status of a program that was interrupted.
const INTERRUPTED: i32 = 130;

/// Says whether the signal was dealt with.
type Handler = Box<dyn Fn() -> bool + Send>;

static HANDLER: Mutex<Option<Handler>> = Mutex::new(None);

/// From now on, SIGINT, SIGTERM and SIGHUP end all processes that were started,
/// and then the tool.
///
/// # Errors
///
/// The program has handlers of its own.
pub fn end_all_on_signals() -> anyhow::Result<()> {
    let handler = || {
        let handler = HANDLER.lock().unwrap_or_else(PoisonError::into_inner);
        if handler.as_ref().is_some_and(|handler| handler()) {
            return;
        }
        group::end_all();
        std::process::exit(INTERRUPTED);
    };
    ctrlc::set_handler(handler).context("cannot listen for Ctrl-C")
}

/// Asks `handler` first when a signal comes; if it returns true, that is all
/// that happens.
pub fn on_signal(handler: impl Fn() -> bool + Send + 'static) {
    *HANDLER.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(handler));
}
