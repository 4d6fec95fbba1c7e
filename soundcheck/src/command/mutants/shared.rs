//! What all workers share.

use crate::command::mutants::order::Order;
use crate::command::mutants::phases::Suite;
use crate::command::mutants::session::Session;
use crate::subject::mutated::Recorder;

/// What all workers share.
#[derive(Clone, Copy)]
pub struct Shared<'a> {
    /// The subject.
    pub session: &'a Session,
    /// What was built without any edit.
    pub recorder: &'a Recorder<'a>,
    /// The cases.
    pub suite: &'a Suite<'a>,
    /// Which of them look first.
    pub order: &'a Order<'a>,
    /// Whether everybody who notices a mutant is found.
    pub matrix: bool,
}
