//! Drops what a bound demands of an associated type, as `Driver = Self` does.

use syn::spanned::Spanned as _;
use syn::visit::Visit;

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::place::Node;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::one_line;
use crate::subject::mutation::syntax::squeeze;

/// The operator.
pub struct DropBinding;

impl Operator for DropBinding {
    fn name(&self) -> &'static str {
        "drop-binding"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "Things of different drivers are mixed, and C hands them back without a type."
    }

    fn defect(&self) -> Option<&'static str> {
        Some("In 7.3 a driver's file may be that of another driver (`cases/holes/linux-7.3/file_of_other_driver.rs`).")
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            let mut paths = Arguments::default();
            match (place.node, place.signature()) {
                (Node::Trait(_, syn::TraitItem::Type(item)), _) => {
                    paths.visit_trait_item_type(item);
                }
                _ if place.is_in_trait_impl() => {}
                (_, Some(signature)) => paths.visit_signature(signature),
                _ => place
                    .generics()
                    .into_iter()
                    .for_each(|all| paths.visit_generics(all)),
            }
            let bound = paths.0.into_iter().flat_map(|list| bindings(source, list));
            sites.extend(bound.map(|(text, change)| {
                Site::new(
                    format!("{}/{}", place.path, squeeze(&text)),
                    format!("{} does not demand {text}", place.path),
                    vec![change],
                )
            }));
        }
        sites
    }
}

/// Each `Name = Type` of a list of arguments, and the change that takes it out.
fn bindings(source: &Source, list: &syn::AngleBracketedGenericArguments) -> Vec<(String, Change)> {
    let ranges: Vec<_> = list
        .args
        .iter()
        .map(|argument| source.range(argument))
        .collect();
    let mut found = Vec::new();
    for (index, argument) in list.args.iter().enumerate() {
        if !matches!(argument, syn::GenericArgument::AssocType(_)) {
            continue;
        }
        let this = ranges[index].clone();
        let range = match (index.checked_sub(1), ranges.get(index + 1)) {
            (_, Some(next)) => this.start..next.start,
            (Some(before), None) => ranges[before].end..this.end,
            (None, None) => list.span().byte_range(),
        };
        found.push((one_line(source.text_of(argument)), Change::remove(range)));
    }
    found
}

#[derive(Default)]
struct Arguments<'a>(Vec<&'a syn::AngleBracketedGenericArguments>);

impl<'a> Visit<'a> for Arguments<'a> {
    fn visit_angle_bracketed_generic_arguments(
        &mut self,
        list: &'a syn::AngleBracketedGenericArguments,
    ) {
        self.0.push(list);
        syn::visit::visit_angle_bracketed_generic_arguments(self, list);
    }
}
