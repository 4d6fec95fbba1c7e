//! Bounds over every lifetime, as `for<'a> Fn(&'a T)` is one, and their lifetimes.

use std::ops::Range;

use syn::visit::Visit;
use syn::Lifetime;
use syn::TraitBound;

use crate::subject::mutation::place::Place;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::source::Source;

/// The bounds over lifetimes in what an item says about its parameters.
pub fn quantified<'a>(place: &Place<'a>) -> Vec<&'a TraitBound> {
    let mut found = Quantified::default();
    match place.signature() {
        Some(signature) => found.visit_signature(signature),
        None => {
            let generics = place.generics().into_iter();
            generics.for_each(|generics| found.visit_generics(generics));
        }
    }
    found.0
}

/// The lifetimes that a bound is over, in their order.
pub fn names(bound: &TraitBound) -> Vec<String> {
    let params = bound.lifetimes.iter().flat_map(|bound| &bound.lifetimes);
    let names = params.filter_map(|param| match param {
        syn::GenericParam::Lifetime(param) => Some(param.lifetime.to_string()),
        _ => None,
    });
    names.collect()
}

/// The text of a bound with one lifetime renamed, and no longer one that the bound is over.
pub fn renamed(source: &Source, bound: &TraitBound, old: &str, new: &str) -> String {
    let whole = source.range(bound);
    let start = bound
        .paren_token
        .map_or(whole.start, |paren| paren.span.open().byte_range().end);
    let mut changes: Vec<(Range<usize>, String)> = uses(bound)
        .into_iter()
        .filter(|lifetime| lifetime.to_string() == old)
        .map(|lifetime| (source.range(lifetime), new.to_owned()))
        .collect();
    let left: Vec<String> = names(bound)
        .into_iter()
        .filter(|name| name != old)
        .collect();
    if let Some(list) = &bound.lifetimes {
        let text = match left.is_empty() {
            true => String::new(),
            false => format!("for<{}>", left.join(", ")),
        };
        changes.push((source.range(list), text));
    }
    changes.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut text = source.text[start..whole.end].to_owned();
    for (range, new) in changes {
        text.replace_range(range.start - start..range.end - start, &new);
    }
    text.trim_start().to_owned()
}

/// The same bound elsewhere in the file, changed alike: functions that call each other share it.
pub fn elsewhere(source: &Source, bound: &TraitBound, text: &str) -> Vec<Change> {
    let this = source.range(bound);
    let old = &source.text[this.clone()];
    let found = source.text.match_indices(old);
    let others = found.filter(|(at, _)| *at != this.start);
    others
        .map(|(at, _)| Change::replace(at..at + old.len(), text))
        .collect()
}

fn uses(bound: &TraitBound) -> Vec<&Lifetime> {
    let mut found = Lifetimes::default();
    found.visit_path(&bound.path);
    found.0
}

#[derive(Default)]
struct Quantified<'a>(Vec<&'a TraitBound>);

impl<'a> Visit<'a> for Quantified<'a> {
    fn visit_trait_bound(&mut self, bound: &'a TraitBound) {
        self.0.extend(bound.lifetimes.is_some().then_some(bound));
        syn::visit::visit_trait_bound(self, bound);
    }
}

/// The lifetimes of a scope, each where it stands.
#[derive(Default)]
struct Lifetimes<'a>(Vec<&'a Lifetime>);

impl<'a> Visit<'a> for Lifetimes<'a> {
    fn visit_lifetime(&mut self, lifetime: &'a Lifetime) {
        self.0.push(lifetime);
    }
}
