//! Gives what one state may do to another state, or to all.

use syn::GenericArgument;
use syn::PathArguments;

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::one_line;

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
        "An operation that is offered in a state which does not have what it needs."
    }

    fn sites(&self, source: &Source, states: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            let Some(item) = place.as_impl() else {
                continue;
            };
            let Some(argument) = state_argument(&item.self_ty, states) else {
                continue;
            };
            let Some(last) = argument.segments.last() else {
                continue;
            };
            let of = one_line(source.text_of(&item.self_ty));
            for other in states.others(&last.ident.to_string()) {
                sites.push(Site::new(
                    format!("{}/{other}", place.path),
                    format!("impl of {of} becomes one of {other}"),
                    vec![Change::replace(source.range(last), other)],
                ));
            }
        }
        sites
    }
}

/// The last argument of a type, if it is a state.
fn state_argument<'a>(of: &'a syn::Type, states: &States) -> Option<&'a syn::Path> {
    let syn::Type::Path(path) = of else {
        return None;
    };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else {
        return None;
    };
    let GenericArgument::Type(syn::Type::Path(last)) = arguments.args.last()? else {
        return None;
    };
    let name = last.path.segments.last()?.ident.to_string();
    states.is_state(&name).then_some(&last.path)
}
