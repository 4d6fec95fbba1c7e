//! Drops an `unsafe impl` of `Send` or `Sync`, in macros too.

use proc_macro2::Delimiter;
use proc_macro2::TokenTree;

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::last_name;
use crate::subject::mutation::tokens::as_group;
use crate::subject::mutation::tokens::between;
use crate::subject::mutation::tokens::in_macros;
use crate::subject::mutation::tokens::is_word;

/// The operator.
pub struct DropAutoTrait;

impl Operator for DropAutoTrait {
    fn name(&self) -> &'static str {
        "drop-auto-trait"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "Code that shares a value among threads, as drivers do, builds no more."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            let Some(item) = place.as_impl() else {
                continue;
            };
            let name = item.trait_.as_ref().map(|(_, path, _)| last_name(path));
            let is_auto = name.is_some_and(|name| ["Send", "Sync", "Unpin"].contains(&&*name));
            if is_auto {
                sites.push(Site::new(
                    place.path.clone(),
                    format!("{} is gone", place.path),
                    vec![Change::remove(source.range(item))],
                ));
            }
        }
        for (path, row) in in_macros(source) {
            sites.extend(of_row(&path, &row));
        }
        sites
    }
}

/// `unsafe impl Send for $type {}` in the body of a macro.
fn of_row(path: &str, row: &[TokenTree]) -> Vec<Site> {
    let mut sites = Vec::new();
    for start in 0..row.len() {
        let head = is_word(row.get(start), "unsafe") && is_word(row.get(start + 1), "impl");
        let end = (start..row.len()).find(|at| {
            as_group(row.get(*at), Delimiter::Brace).is_some_and(|group| group.stream().is_empty())
        });
        let (true, Some(end)) = (head, end) else {
            continue;
        };
        let name = row[start..end]
            .iter()
            .find(|token| is_word(Some(token), "Send") || is_word(Some(token), "Sync"));
        let inner = row[start + 2..end]
            .iter()
            .any(|token| is_word(Some(token), "unsafe"));
        if let (Some(name), false) = (name, inner) {
            sites.push(Site::new(
                format!("{path}/{name}"),
                format!("an impl of {name} in {path} is gone"),
                vec![Change::remove(between(&row[start], &row[end]))],
            ));
        }
    }
    sites
}
