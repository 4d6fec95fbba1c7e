//! Takes by reference what a function takes by value, so that the caller keeps it.

use proc_macro2::TokenTree;
use std::ops::Range;
use syn::FnArg;
use syn::Pat;
use syn::Type;

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::place::Place;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::expressions;
use crate::subject::mutation::syntax::head;
use crate::subject::mutation::syntax::last_name;
use crate::subject::mutation::tokens::rows;

/// The operator.
pub struct TakeByReference;

impl Operator for TakeByReference {
    fn name(&self) -> &'static str {
        "take-by-reference"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "A right that is used up once, such as that to register, can be used twice."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            let (Some(signature), Some(block)) = (place.signature(), place.block()) else {
                continue;
            };
            if place.is_in_trait_impl() || place.is_private() {
                continue;
            }
            let body = source.range(block);
            for (index, input) in signature.inputs.iter().enumerate() {
                let Some((name, mut changes)) = borrowed(source, input) else {
                    continue;
                };
                changes.extend(read_back(source, &name, body.clone()));
                let site = Site::new(
                    format!("{}/{name}", place.path),
                    format!("{} borrows {name}", place.path),
                    changes,
                );
                sites.push(match calls(source, &place, index) {
                    more if more.is_empty() => site,
                    more => site.or_with(more),
                });
            }
        }
        sites
    }
}

/// The name of an argument by value, and the change that makes it one by reference.
fn borrowed(source: &Source, input: &FnArg) -> Option<(String, Vec<Change>)> {
    match input {
        FnArg::Receiver(receiver) if receiver.reference.is_none() => {
            let range = source.range(receiver);
            receiver
                .colon_token
                .is_none()
                .then(|| ("self".to_owned(), vec![Change::replace(range, "&self")]))
        }
        FnArg::Typed(typed) => {
            let Pat::Ident(ident) = typed.pat.as_ref() else {
                return None;
            };
            is_owned(&typed.ty).then(|| {
                let at = source.range(&typed.ty).start;
                (ident.ident.to_string(), vec![Change::insert(at, "&")])
            })
        }
        FnArg::Receiver(_) => None,
    }
}

/// Whether a value of a type may be one that is used up.
fn is_owned(of: &Type) -> bool {
    let plain = [
        "bool", "usize", "u64", "u32", "u16", "u8", "i64", "i32", "c_int", "Flags", "Self",
    ];
    let is_path = matches!(of, Type::Path(path) if path.qself.is_none());
    is_path && head(of).is_some_and(|name| name.len() > 1 && !plain.contains(&name.as_str()))
}

/// The body works on a copy of the bytes, under the old name or, for `self`, a new one.
fn read_back(source: &Source, name: &str, body: Range<usize>) -> Vec<Change> {
    let new = if name == "self" { "mutant_self" } else { name };
    let text = format!(
        "\n        // SAFETY: A mutant.\n        let mut {new} = unsafe {{ core::ptr::read({name}) }};"
    );
    let mut changes = vec![Change::insert(body.start + 1, text)];
    let tokens = source.text[body.clone()].parse().ok();
    let rows = tokens.into_iter().flat_map(|tokens| rows("", tokens));
    for token in rows.flat_map(|(_, row)| row) {
        if let TokenTree::Ident(ident) = &token {
            if name == "self" && ident == "self" {
                let range = ident.span().byte_range();
                let range = body.start + range.start..body.start + range.end;
                changes.push(Change::replace(range, new));
            }
        }
    }
    changes
}

/// Calls of the function in the same file lend what they gave away.
fn calls(source: &Source, place: &Place<'_>, index: usize) -> Vec<Change> {
    let Some(name) = place.signature().map(|signature| &signature.ident) else {
        return Vec::new();
    };
    let mut changes = Vec::new();
    for place in source.places() {
        for expr in place.block().into_iter().flat_map(expressions) {
            if let syn::Expr::Call(call) = expr {
                let is_this = match call.func.as_ref() {
                    syn::Expr::Path(path) => *name == last_name(&path.path),
                    _ => false,
                };
                let argument = call.args.iter().nth(index).filter(|_| is_this);
                changes.extend(
                    argument.map(|argument| Change::insert(source.range(argument).start, "&")),
                );
            }
        }
    }
    changes
}
