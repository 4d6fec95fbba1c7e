//! Makes a type that holds only references, numbers and markers one that is copied.

use crate::subject::mutation::added::added_impl;
use crate::subject::mutation::added::hiding;
use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::head;

/// The operator.
pub struct AddCopy;

impl Operator for AddCopy {
    fn name(&self) -> &'static str {
        "add-copy"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "What is used up by a move stays usable after it."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let places = source.places();
        let wanted = hiding(&places).into_iter().filter(|(_, item)| {
            let name = item.ident.to_string();
            !source.facts.implements(&name, "Copy")
                && !source.facts.implements(&name, "Drop")
                && item.fields.iter().all(is_copied)
        });
        let site = |(place, item)| added_impl(source, place, item, "Copy", "");
        wanted.map(site).collect()
    }
}

/// Whether a field is copied for all that its type says; other fields would not compile.
fn is_copied(field: &syn::Field) -> bool {
    match &field.ty {
        syn::Type::Reference(reference) => reference.mutability.is_none(),
        syn::Type::Ptr(_) => true,
        other => {
            let copied = [
                "PhantomData",
                "NotThreadSafe",
                "NonNull",
                "usize",
                "u64",
                "u32",
                "i32",
            ];
            head(other).is_some_and(|name| copied.contains(&name.as_str()))
        }
    }
}
