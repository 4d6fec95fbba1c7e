//! Makes a type with private fields one that can be cloned, by a copy of its bytes.

use crate::subject::mutation::added::added_impl;
use crate::subject::mutation::added::hiding;
use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;

/// The operator.
pub struct AddClone;

impl Operator for AddClone {
    fn name(&self) -> &'static str {
        "add-clone"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "A right, a lock or a reference that exists once can be had twice."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let places = source.places();
        let wanted = hiding(&places).into_iter().filter(|(_, item)| {
            let name = item.ident.to_string();
            !source.facts.implements(&name, "Clone")
        });
        let site = |(place, item)| added_impl(source, place, item, "Clone", CLONE);
        wanted.map(site).collect()
    }
}

const CLONE: &str = "
    fn clone(&self) -> Self {
        // SAFETY: A mutant.
        unsafe { core::ptr::read(self) }
    }
";
