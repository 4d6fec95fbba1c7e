//! Drops `unsafe` of functions, traits and impls.

use syn::spanned::Spanned as _;
use syn::Item;

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;

/// The operator.
pub struct DropUnsafe;

impl Operator for DropUnsafe {
    fn name(&self) -> &'static str {
        "drop-unsafe"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "A function or trait with requirements that nobody has to argue for any more."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            let keyword = match (place.signature(), place.item()) {
                // What a trait says about its function is changed there.
                (Some(_), _) if place.is_in_trait_impl() => None,
                (Some(signature), _) => signature.unsafety,
                (None, Some(Item::Trait(item))) => item.unsafety,
                _ => None,
            };
            if let Some(keyword) = keyword {
                let start = keyword.span().byte_range().start;
                sites.push(Site::new(
                    place.path.clone(),
                    format!("{} is safe", place.path),
                    vec![Change::remove(start..start + "unsafe ".len())],
                ));
            }
        }
        sites
    }
}
