//! Gives what one state may do to another state, or to all of them.

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::place::Place;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::stateful::InState;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::one_line;
use crate::subject::mutation::syntax::squeeze;

/// The operator.
pub struct WidenImpl;

impl Operator for WidenImpl {
    fn name(&self) -> &'static str {
        "widen-impl"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "An operation is offered in a state that does not have what it needs."
    }

    fn defect(&self) -> Option<&'static str> {
        Some("Linux 7.2 counts references in every state (`cases/holes/linux-7.2/counted_registered.rs`).")
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            let Some(item) = place.as_impl() else {
                continue;
            };
            let syn::Type::Path(path) = item.self_ty.as_ref() else {
                continue;
            };
            if let Some(found) = source.in_state(&path.path) {
                sites.extend(to_all(source, &place, item, &path.path, &found));
                for other in found.of.others(found.state) {
                    sites.push(to_other(source, &place, &path.path, &found, other));
                }
            }
        }
        sites
    }
}

/// The impl for another state.
fn to_other(
    source: &Source,
    place: &Place<'_>,
    path: &syn::Path,
    found: &InState<'_>,
    other: &str,
) -> Site {
    let name = source.beside(path, found.of, other);
    let change = found.replaced(path, &name);
    let of = one_line(source.text_of(path));
    Site::new(
        format!("{}/{}", place.path, squeeze(other)),
        format!("what is there for {of} is there for {other} instead"),
        vec![change],
    )
}

/// The impl for every state, by a parameter of its own.
fn to_all(
    source: &Source,
    place: &Place<'_>,
    item: &syn::ItemImpl,
    path: &syn::Path,
    found: &InState<'_>,
) -> Option<Site> {
    let bound = source.beside(path, found.of, &found.of.bound);
    let parameter = format!("AnyState: {bound}");
    let declared = match (&item.generics.gt_token, item.generics.params.last()) {
        (Some(_), Some(last)) => Change::insert(source.range(last).end, format!(", {parameter}")),
        _ => Change::insert(source.range(&item.impl_token).end, format!("<{parameter}>")),
    };
    let of = one_line(source.text_of(path));
    Some(Site::new(
        format!("{}/all", place.path),
        format!("what is there for {of} is there for all states"),
        vec![declared, found.replaced(path, "AnyState")],
    ))
}
