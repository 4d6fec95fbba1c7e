//! Lengthens a lifetime in the result of a function: to `'static`, or to one that is in scope.

use syn::spanned::Spanned as _;
use syn::visit::Visit;
use syn::Lifetime;
use syn::TypeReference;

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::place::Place;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::tail::cast_tail;

/// The operator.
pub struct LengthenLifetime;

impl Operator for LengthenLifetime {
    fn name(&self) -> &'static str {
        "lengthen-lifetime"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "What a function lends outlives what it was borrowed from."
    }

    fn defect(&self) -> Option<&'static str> {
        Some("In 7.2 a bound device that is looked at as one of its bus is bound for ever (`cases/holes/linux-7.2/bound_for_ever.rs`).")
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            let Some(signature) = place.signature() else {
                continue;
            };
            // A caller by way of the trait sees what the trait says.
            if place.is_in_trait_impl() || place.is_private() {
                continue;
            }
            let mut spots = Spots::default();
            spots.visit_return_type(&signature.output);
            let longer = longer(&place);
            for (change, old) in spots.0 {
                for new in longer.iter().filter(|new| **new != old) {
                    let text = change.text.replace("'static", new);
                    let site = Site::new(
                        format!("{}/{old}{new}", place.path),
                        format!("{} returns {new} for {old}", place.path),
                        vec![Change::replace(change.range.clone(), text)],
                    );
                    sites.push(match cast_tail(source, &place) {
                        Some(cast) => site.or_with(vec![cast]),
                        None => site,
                    });
                }
            }
        }
        sites
    }
}

/// The lifetimes that may be longer than that of a borrow: those with a name, and `'static`.
fn longer(place: &Place<'_>) -> Vec<String> {
    let around = place.within_impl().map(|around| &around.generics);
    let own = place.signature().map(|signature| &signature.generics);
    let params = around.into_iter().chain(own);
    let params = params.flat_map(|generics| generics.lifetimes());
    let mut longer: Vec<String> = params.map(|param| param.lifetime.to_string()).collect();
    longer.push("'static".to_owned());
    longer
}

/// Where a lifetime stands or could stand, with what stands there.
#[derive(Default)]
struct Spots(Vec<(Change, String)>);

impl<'a> Visit<'a> for Spots {
    fn visit_type_reference(&mut self, reference: &'a TypeReference) {
        if reference.lifetime.is_none() {
            let at = reference.and_token.span().byte_range().end;
            let change = Change::insert(at, "'static ");
            self.0.push((change, "&".to_owned()));
        }
        syn::visit::visit_type_reference(self, reference);
    }

    fn visit_lifetime(&mut self, lifetime: &'a Lifetime) {
        let change = Change::replace(lifetime.span().byte_range(), "'static");
        self.0.push((change, lifetime.to_string()));
    }
}
