//! Makes a type `Send` that is not, or only by its fields.

use crate::subject::mutation::added::added_impl;
use crate::subject::mutation::added::hiding;
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
        let places = source.places();
        let wanted = hiding(&places).into_iter().filter(|(_, item)| {
            let name = item.ident.to_string();
            !source.facts.implements(&name, "Send")
                && item.fields.iter().any(|field| binds(source, field))
        });
        let site = |(place, item)| added_impl(source, place, item, "unsafe Send", "");
        wanted.map(site).collect()
    }
}

/// Whether a field keeps its type on one thread, or depends on a parameter that may.
fn binds(source: &Source, field: &syn::Field) -> bool {
    let signs = [
        "NotThreadSafe",
        "*mut",
        "*const",
        "NonNull",
        "Cell",
        "Opaque",
        "PhantomData",
    ];
    let text = source.text_of(&field.ty);
    signs.iter().any(|sign| text.contains(sign))
}
