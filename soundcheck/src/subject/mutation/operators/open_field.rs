//! Makes a private field of a public struct public.

use crate::subject::mutation::added::hiding;
use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;

/// The operator.
pub struct OpenField;

impl Operator for OpenField {
    fn name(&self) -> &'static str {
        "open-field"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "A proof is made by hand, or an invariant is changed behind the back of its type."
    }

    fn defect(&self) -> Option<&'static str> {
        Some("In 7.3 the fields of an ioctl's table entry are open to a literal (`cases/holes/linux-7.3/entry_with_another_number.rs`).")
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let places = source.places();
        let mut sites = Vec::new();
        for (place, item) in hiding(&places) {
            for (member, field) in item.fields.members().zip(&item.fields) {
                let name = match &member {
                    syn::Member::Named(ident) => ident.to_string(),
                    syn::Member::Unnamed(index) => index.index.to_string(),
                };
                let change = match &field.vis {
                    syn::Visibility::Public(_) => continue,
                    syn::Visibility::Inherited => {
                        let at = match &field.ident {
                            Some(ident) => source.range(ident).start,
                            None => source.range(&field.ty).start,
                        };
                        Change::insert(at, "pub ")
                    }
                    other => Change::replace(source.range(other), "pub"),
                };
                sites.push(Site::new(
                    format!("{}/{name}", place.path),
                    format!("field {name} of {} is public", place.path),
                    vec![change],
                ));
            }
        }
        sites
    }
}
