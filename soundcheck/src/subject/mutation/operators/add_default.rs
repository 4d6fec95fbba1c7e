//! Lets anybody make a value of a type with private fields, from zeroes.

use crate::subject::mutation::added::added_impl;
use crate::subject::mutation::added::hiding;
use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;

/// The operator.
pub struct AddDefault;

impl Operator for AddDefault {
    fn name(&self) -> &'static str {
        "add-default"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "A proof or a handle can be had without what it proves."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let places = source.places();
        let wanted = hiding(&places).into_iter().filter(|(_, item)| {
            let name = item.ident.to_string();
            !source.facts.implements(&name, "Default")
        });
        let site = |(place, item)| added_impl(source, place, item, "Default", DEFAULT);
        wanted.map(site).collect()
    }
}

const DEFAULT: &str = "
    fn default() -> Self {
        // SAFETY: A mutant.
        unsafe { core::mem::zeroed() }
    }
";
