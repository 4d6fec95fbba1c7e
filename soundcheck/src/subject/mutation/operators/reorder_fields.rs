//! Swaps two adjacent fields.

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::head;

/// The operator.
pub struct ReorderFields;

impl Operator for ReorderFields {
    fn name(&self) -> &'static str {
        "reorder-fields"
    }

    fn effect(&self) -> Effect {
        Effect::Layout
    }

    fn stands_for(&self) -> &'static str {
        "A pointer to the first field is no pointer to the whole, or what is needed last is dropped first."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            let Some(item) = place.as_struct() else {
                continue;
            };
            let is_laid_out = item.attrs.iter().any(|attr| attr.path().is_ident("repr"));
            let syn::Fields::Named(fields) = &item.fields else {
                continue;
            };
            let fields: Vec<&syn::Field> = fields.named.iter().collect();
            for pair in fields.windows(2) {
                let counts = pair.iter().all(|field| has_weight(field));
                if counts && (is_laid_out || pair.iter().all(|field| has_drop(source, field))) {
                    sites.push(swapped(source, &place.path, pair));
                }
            }
        }
        sites
    }
}

fn swapped(source: &Source, path: &str, pair: &[&syn::Field]) -> Site {
    let (first, second) = (source.range(pair[0]), source.range(pair[1]));
    let name = |field: &syn::Field| field.ident.as_ref().map(ToString::to_string);
    let names = pair.iter().filter_map(|field| name(field));
    let names = names.collect::<Vec<String>>().join("-");
    let changes = vec![
        Change::replace(first.clone(), &source.text[second.clone()]),
        Change::replace(second, &source.text[first]),
    ];
    Site::new(
        format!("{path}/{names}"),
        format!("{path} has {names} the other way round"),
        changes,
    )
}

/// Whether a field takes room, as markers do not.
fn has_weight(field: &syn::Field) -> bool {
    let markers = ["PhantomData", "PhantomPinned", "NotThreadSafe"];
    !head(&field.ty).is_some_and(|name| markers.contains(&name.as_str()))
}

/// Whether dropping a field may do something.
fn has_drop(source: &Source, field: &syn::Field) -> bool {
    let plain = [
        "bool", "usize", "u64", "u32", "u16", "u8", "i32", "i64", "NonNull",
    ];
    let is_plain = head(&field.ty).is_some_and(|name| plain.contains(&name.as_str()));
    let text = source.text_of(&field.ty);
    !is_plain && !text.starts_with(['&', '*']) && !text.contains("fn(")
}
