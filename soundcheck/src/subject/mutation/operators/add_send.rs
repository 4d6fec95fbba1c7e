//! Makes a type `Send` that is not, or only by its fields.

use crate::subject::mutation::added::added_to_bound;
use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;

/// The operator.
pub struct AddSend;

impl Operator for AddSend {
    fn name(&self) -> &'static str {
        "add-send"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "A value that must stay on its thread can be sent to another."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        added_to_bound(source, "Send")
    }
}
