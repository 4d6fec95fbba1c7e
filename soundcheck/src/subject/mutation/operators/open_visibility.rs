//! Makes a function, a type, a constant or a module public.

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::place::Node;
use crate::subject::mutation::place::Place;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;

/// The operator.
pub struct OpenVisibility;

impl Operator for OpenVisibility {
    fn name(&self) -> &'static str {
        "open-visibility"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "What only the abstraction may do can be done by every driver."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            let Some(visibility) = place.visibility() else {
                continue;
            };
            if matches!(visibility, syn::Visibility::Public(_)) || !reaches(source, &place) {
                continue;
            }
            let change = match visibility {
                syn::Visibility::Inherited => Change::insert(start(source, &place), "pub "),
                other => Change::replace(source.range(other), "pub"),
            };
            let site = Site::new(
                place.path.clone(),
                format!("{} is public", place.path),
                vec![change],
            );
            sites.push(site);
        }
        sites
    }
}

/// Whether anybody outside could name it, were it public.
fn reaches(source: &Source, place: &Place<'_>) -> bool {
    match (place.within_impl(), place.item()) {
        (Some(_), _) => true,
        (None, Some(syn::Item::Use(_))) => false,
        (None, Some(syn::Item::Const(item))) if item.ident == "_" => false,
        // The root declares modules of files; what is in them is public or not by itself.
        _ => place.is_open && source.facts.is_open(&source.path),
    }
}

/// Where its first keyword is, behind the attributes.
fn start(source: &Source, place: &Place<'_>) -> usize {
    let whole = match place.node {
        Node::Item(item) => source.range(item),
        Node::Impl(_, item) => source.range(item),
        Node::Trait(_, item) => source.range(item),
    };
    let attributes = place.attrs().iter().map(|attr| source.range(attr).end);
    let behind = attributes.max().unwrap_or(whole.start);
    let text = &source.text[behind..];
    behind + (text.len() - text.trim_start().len())
}
