//! Lets the caller choose a lifetime that a closure has to work for whatever it is.

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::place::Place;
use crate::subject::mutation::quantified::elsewhere;
use crate::subject::mutation::quantified::names;
use crate::subject::mutation::quantified::quantified;
use crate::subject::mutation::quantified::renamed;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;

/// The operator.
pub struct Unquantify;

impl Operator for Unquantify {
    fn name(&self) -> &'static str {
        "unquantify"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "A closure keeps what it is lent, because the caller chose for how long."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            for bound in quantified(&place) {
                for name in names(bound) {
                    let text = renamed(source, bound, &name, "'static");
                    let change = Change::replace(source.range(bound), text.clone());
                    let site = Site::new(
                        format!("{}/{name}'static", place.path),
                        format!("{} promises 'static for {name}", place.path),
                        vec![change],
                    );
                    sites.push(match elsewhere(source, bound, &text) {
                        more if more.is_empty() => site,
                        more => site.or_with(more),
                    });
                    let text = renamed(source, bound, &name, &name);
                    let change = Change::replace(source.range(bound), text);
                    sites.extend(to_caller(source, &place, &name, change));
                }
            }
        }
        sites
    }
}

/// The lifetime becomes one of the function's own.
fn to_caller(source: &Source, place: &Place<'_>, name: &str, change: Change) -> Option<Site> {
    let signature = place.signature()?;
    let generics = &signature.generics;
    let declared = match (&generics.lt_token, generics.params.is_empty()) {
        (Some(open), false) => Change::insert(source.range(open).end, format!("{name}, ")),
        _ => Change::insert(source.range(&signature.ident).end, format!("<{name}>")),
    };
    Some(Site::new(
        format!("{}/{name}", place.path),
        format!("the caller of {} chooses {name}", place.path),
        vec![declared, change],
    ))
}
