//! What all workers share.

use crate::command::mutants::base::Base;
use crate::command::mutants::options::Wanted;
use crate::command::mutants::order::Order;
use crate::command::mutants::phases::Suite;
use crate::command::mutants::session::Session;

/// What all workers share.
#[derive(Clone, Copy)]
pub struct Shared<'a> {
    /// The subject.
    pub session: &'a Session,
    /// What is mutated.
    pub base: &'a Base<'a>,
    /// The cases.
    pub suite: &'a Suite<'a>,
    /// Which of them look first.
    pub order: &'a Order<'a>,
    /// Who is looked for.
    pub wanted: Wanted,
}
