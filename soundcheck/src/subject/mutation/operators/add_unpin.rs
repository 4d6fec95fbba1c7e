//! Lets a type move that must stay where it is.

use crate::subject::mutation::added::added_impl;
use crate::subject::mutation::added::hiding;
use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;

/// The operator.
pub struct AddUnpin;

impl Operator for AddUnpin {
    fn name(&self) -> &'static str {
        "add-unpin"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "C code keeps a pointer to a value that safe code has moved."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let places = source.places();
        let wanted = hiding(&places).into_iter().filter(|(_, item)| {
            let name = item.ident.to_string();
            !source.facts.implements(&name, "Unpin")
                && item.fields.iter().any(|field| is_pinned(source, field))
        });
        let site = |(place, item)| added_impl(source, place, item, "Unpin", "");
        wanted.map(site).collect()
    }
}

/// Whether a field is one that C code or the value itself may point to.
fn is_pinned(source: &Source, field: &syn::Field) -> bool {
    let text = source.text_of(&field.ty);
    let is_marked = field.attrs.iter().any(|attr| attr.path().is_ident("pin"));
    !is_marked
        && ["Opaque", "PhantomPinned"]
            .iter()
            .any(|sign| text.contains(sign))
}
