//! Makes a type `Sync` that is not, or only by its fields.

use crate::subject::mutation::added::added_to_bound;
use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;

/// The operator.
pub struct AddSync;

impl Operator for AddSync {
    fn name(&self) -> &'static str {
        "add-sync"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "A value that one thread may use at a time is shared by several."
    }

    fn defect(&self) -> Option<&'static str> {
        Some("In 7.3 two threads share the data of a file that need not be `Sync` (`cases/holes/linux-7.3/file_used_by_two_threads.rs`).")
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        added_to_bound(source, "Sync")
    }
}
