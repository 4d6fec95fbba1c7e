//! Drops `unsafe` of functions and traits.

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::place::Node;
use crate::subject::mutation::place::Place;
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
            let keyword = match (place.signature(), place.as_trait()) {
                // What a trait says about its function is changed there.
                (Some(_), _) if place.is_in_trait_impl() => None,
                (Some(signature), _) if place.is_private() && signature.abi.is_some() => None,
                (Some(signature), _) => signature.unsafety,
                (None, Some(item)) => item.unsafety,
                _ => None,
            };
            if let Some(keyword) = keyword {
                let range = source.range(&keyword);
                let mut changes = vec![Change::remove(range.start..range.end + 1)];
                changes.extend(opened(source, &place));
                let site = Site::new(
                    place.path.clone(),
                    format!("{} is safe", place.path),
                    changes,
                );
                sites.push(match implementations(source, &place) {
                    more if more.is_empty() => site,
                    more => site.or_with(more),
                });
            }
        }
        sites
    }
}

/// Only what everybody may call is worse off: the function becomes public too.
fn opened(source: &Source, place: &Place<'_>) -> Option<Change> {
    match place.visibility()? {
        syn::Visibility::Restricted(restricted) => {
            Some(Change::replace(source.range(restricted), "pub"))
        }
        _ => None,
    }
}

/// The same keyword where the trait, or the function of the trait, is implemented.
fn implementations(source: &Source, place: &Place<'_>) -> Vec<Change> {
    let (name, function) = match place.node {
        Node::Trait(around, syn::TraitItem::Fn(item)) => {
            (&around.ident, Some(item.sig.ident.to_string()))
        }
        Node::Item(syn::Item::Trait(item)) => (&item.ident, None),
        _ => return Vec::new(),
    };
    let all = source.facts.impls.iter().filter(|fact| *name == fact.what);
    let changes = all.filter_map(|fact| {
        let range = match &function {
            Some(function) => fact.unsafe_functions.get(function),
            None => fact.unsafety.as_ref(),
        };
        Some(Change::remove(range?.clone()).in_file(&fact.file))
    });
    changes.collect()
}
