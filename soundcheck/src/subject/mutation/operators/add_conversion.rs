//! Adds a conversion from one state of a type to another.

use crate::subject::mutation::added::applied;
use crate::subject::mutation::added::declared;
use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::place::Place;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::stateful::bare;
use crate::subject::mutation::stateful::Stateful;
use crate::subject::mutation::states::States;

/// The operator.
pub struct AddConversion;

impl Operator for AddConversion {
    fn name(&self) -> &'static str {
        "add-conversion"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "Safe code claims to know what nobody told it, or forgets a state in a way that was not meant."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            let Some(item) = place.as_struct() else {
                continue;
            };
            let mut of = source.stateful.iter();
            let of = of.find(|of| item.ident == of.name && source.path == of.file);
            let Some(of) = of else {
                continue;
            };
            for (from, to) in pairs(of) {
                let from = &source.beside(&item.ident.clone().into(), of, from);
                let to = &source.beside(&item.ident.clone().into(), of, to);
                let kinds = ["From", "AsRef", "Borrow", "Deref"].into_iter();
                // A second `Deref` does not build.
                let derefs = source.facts.implements(&item.ident.to_string(), "Deref");
                for kind in kinds.filter(|kind| !derefs || *kind != "Deref") {
                    sites.push(site(source, &place, item, kind, [from, to]));
                }
            }
        }
        sites
    }
}

/// The name of a state without its path and its arguments.
fn last(state: &str) -> &str {
    let state = bare(state);
    state.rsplit("::").next().unwrap_or(state)
}

/// Ordered pairs of states: all, or neighbours only where there are many.
fn pairs(of: &Stateful) -> Vec<(&str, &str)> {
    let reach = if of.states.len() > 3 { 1 } else { 2 };
    let states: Vec<(usize, &str)> = of.states.iter().map(String::as_str).enumerate().collect();
    let mut pairs = Vec::new();
    for (from, name) in &states {
        let near = states
            .iter()
            .filter(|(to, _)| (1..=reach).contains(&to.abs_diff(*from)));
        pairs.extend(near.map(|(_, to)| (*name, *to)));
    }
    pairs
}

fn site(
    source: &Source,
    place: &Place<'_>,
    item: &syn::ItemStruct,
    kind: &str,
    [from, to]: [&str; 2],
) -> Site {
    let mut generics = item.generics.clone();
    generics.params.pop();
    let (parameters, clause) = declared(source, &generics);
    let plain = applied(&item.ident.to_string(), &generics);
    let in_state = |state: &str| match plain.strip_suffix('>') {
        Some(open) => format!("{open}, {state}>"),
        None => format!("{plain}<{state}>"),
    };
    let (from_type, to_type) = (in_state(from), in_state(to));
    // A lifetime that is left out would be that of the reference.
    let [from_type, to_type] = [from_type, to_type].map(|of| of.replace("'_", "'mutant"));
    let body = code(kind, &from_type, &to_type);
    let inner = parameters.trim_start_matches('<').trim_end_matches('>');
    let start = match format!("{from_type}{to_type}").contains("'mutant") {
        true => format!("impl<'mutant, {inner}>"),
        false => format!("impl{parameters}"),
    };
    let head = match kind {
        "From" => {
            format!("impl<'mutant, {inner}> From<&'mutant {from_type}> for &'mutant {to_type}")
        }
        "AsRef" => format!("{start} AsRef<{to_type}> for {from_type}"),
        "Borrow" => format!("{start} core::borrow::Borrow<{to_type}> for {from_type}"),
        _ => format!("{start} core::ops::Deref for {from_type}"),
    };
    let text = format!("\n\n{head} {clause}{{{body}}}\n");
    Site::new(
        format!("{}/{kind}-{}-{}", place.path, last(from), last(to)),
        format!("{kind} makes {to_type} of {from_type}"),
        vec![Change::insert(source.range(item).end, text)],
    )
}

/// How the state can be had from a reference: by its own cast, as states share one layout.
fn code(kind: &str, from: &str, to: &str) -> String {
    let cast = "// SAFETY: A mutant.\n        unsafe { &*core::ptr::from_ref";
    match kind {
        "From" => format!(
            "\n    fn from(value: &'mutant {from}) -> Self {{\n        {cast}(value).cast() }}\n    }}\n"
        ),
        "AsRef" => format!(
            "\n    fn as_ref(&self) -> &{to} {{\n        {cast}(self).cast() }}\n    }}\n"
        ),
        "Borrow" => format!(
            "\n    fn borrow(&self) -> &{to} {{\n        {cast}(self).cast() }}\n    }}\n"
        ),
        _ => format!(
            "\n    type Target = {to};\n\n    fn deref(&self) -> &Self::Target {{\n        {cast}(self).cast() }}\n    }}\n"
        ),
    }
}
