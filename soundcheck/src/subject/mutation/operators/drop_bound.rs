//! Drops one bound of a type parameter, of a where clause or of an `impl Trait`.

use std::ops::Range;
use syn::spanned::Spanned as _;
use syn::visit::Visit;

use crate::subject::mutation::bounds::without;
use crate::subject::mutation::bounds::Bounds;
use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::place::Place;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::last_name;
use crate::subject::mutation::syntax::one_line;
use crate::subject::mutation::syntax::squeeze;

/// The operator.
pub struct DropBound;

impl Operator for DropBound {
    fn name(&self) -> &'static str {
        "drop-bound"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "A type, a thread or a lifetime is let in that the code behind it cannot bear."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            let mut lists = Lists::default();
            lists.collect(&place);
            for (owner, bounds) in lists.0 {
                sites.extend(of_list(source, &place, owner, bounds));
            }
        }
        sites
    }
}

/// A site for each bound of a list; the same bound of the same name elsewhere goes if it must.
fn of_list(
    source: &Source,
    place: &Place<'_>,
    of: Option<Range<usize>>,
    bounds: &Bounds,
) -> Vec<Site> {
    let owner = of.clone().map_or("impl", |range| &source.text[range]);
    let owner = &squeeze(&one_line(owner));
    let mut sites = Vec::new();
    for (index, bound) in bounds.iter().enumerate() {
        let text = one_line(source.text_of(bound));
        // `?Sized` and `Sized` say how, not what.
        if text.ends_with("Sized") || cannot_go(source, place, owner, bounds, &bounds[index]) {
            continue;
        }
        let range = without(source, bounds, index);
        let site = Site::new(
            format!("{}/{owner}:{}", place.path, squeeze(&text)),
            format!("{}: {owner} need not be {text}", place.path),
            vec![range.clone()],
        );
        let from = of.clone().map_or(range.range.start, |of| of.start);
        sites.push(match everywhere(source, &range, from) {
            more if more.is_empty() => site,
            more => site.or_with(more),
        });
    }
    sites
}

/// Whether the code certainly does not build without a bound.
fn cannot_go(
    source: &Source,
    place: &Place<'_>,
    owner: &str,
    bounds: &Bounds,
    bound: &syn::TypeParamBound,
) -> bool {
    let syn::TypeParamBound::Trait(bound) = bound else {
        return false;
    };
    let head = header(source, place);
    let is_closure = bound
        .path
        .segments
        .last()
        .is_some_and(|last| matches!(last.arguments, syn::PathArguments::Parenthesized(_)));
    let traits = bounds
        .iter()
        .filter(|bound| matches!(bound, syn::TypeParamBound::Trait(_)));
    let is_alone = owner == "impl" && traits.count() == 1;
    let projects = head.contains(&format!("{owner}::")) && bounds.len() == 1;
    is_closure || is_alone || projects || source.facts.demands(head, &last_name(&bound.path))
}

/// The text of an item before its body; that of a struct with its body.
fn header<'a>(source: &'a Source, place: &Place<'_>) -> &'a str {
    match (place.signature(), place.item()) {
        (Some(signature), _) => source.text_of(signature),
        (None, Some(syn::Item::Impl(item))) => {
            let start = source.range(&item.impl_token).start;
            &source.text[start..item.brace_token.span.open().byte_range().start]
        }
        (None, Some(syn::Item::Struct(item))) => source.text_of(&item.fields),
        _ => "",
    }
}

/// The same bounds of a parameter of the same name, elsewhere in the file.
fn everywhere(source: &Source, change: &Change, start: usize) -> Vec<Change> {
    let end = source.text[change.range.end..].find([',', '>', '\n', '{']);
    let context = &source.text[start..change.range.end + end.unwrap_or_default()];
    let before = change.range.start - start;
    let found = source.text.match_indices(context);
    let others = found.filter(|(at, _)| *at != start);
    let length = change.range.len();
    others
        .map(|(at, _)| Change::replace(at + before..at + before + length, change.text.clone()))
        .collect()
}

/// Lists of bounds, each with the place of what they are about; nothing for `impl Trait`.
#[derive(Default)]
struct Lists<'a>(Vec<(Option<Range<usize>>, &'a Bounds)>);

impl<'a> Lists<'a> {
    fn collect(&mut self, place: &Place<'a>) {
        match (place.signature(), place.generics()) {
            // The trait says what its functions may ask for.
            _ if place.is_in_trait_impl() || place.is_private() => {}
            (Some(signature), _) => self.visit_signature(signature),
            (None, Some(generics)) => self.visit_generics(generics),
            (None, None) => {}
        }
    }
}

impl<'a> Visit<'a> for Lists<'a> {
    fn visit_type_param(&mut self, param: &'a syn::TypeParam) {
        self.0
            .push((Some(param.ident.span().byte_range()), &param.bounds));
        syn::visit::visit_type_param(self, param);
    }

    fn visit_predicate_type(&mut self, predicate: &'a syn::PredicateType) {
        let owner = predicate.bounded_ty.span().byte_range();
        self.0.push((Some(owner), &predicate.bounds));
        syn::visit::visit_predicate_type(self, predicate);
    }

    fn visit_type_impl_trait(&mut self, of: &'a syn::TypeImplTrait) {
        self.0.push((None, &of.bounds));
        syn::visit::visit_type_impl_trait(self, of);
    }
}
