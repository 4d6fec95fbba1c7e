//! What an operator is: one kind of edit, and where it can be made.

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;

/// One kind of edit.
pub trait Operator: Sync {
    /// The name, as in ids of mutants: that of its file, with hyphens.
    fn name(&self) -> &'static str;

    /// What its edits change.
    fn effect(&self) -> Effect;

    /// The mistake that it stands for, in a sentence.
    fn stands_for(&self) -> &'static str;

    /// A defect of this kind that really occurred, and where.
    fn defect(&self) -> Option<&'static str> {
        None
    }

    /// The places where the edit can be made, in the order of the text.
    fn sites(&self, source: &Source, states: &States) -> Vec<Site>;
}
