//! Takes the lifetime away that ties an argument to the result or to its type.

use syn::visit::Visit;
use syn::Lifetime;
use syn::TypeReference;

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::tail::cast_tail;

/// The operator.
pub struct UntieLifetime;

impl Operator for UntieLifetime {
    fn name(&self) -> &'static str {
        "untie-lifetime"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "What a function keeps or returns no longer holds back what it was borrowed from."
    }

    fn defect(&self) -> Option<&'static str> {
        Some("The bus conversions of 7.3 have a lifetime of its own for each reference (`cases/holes/linux-7.3/conversion_lengthens_borrow.rs`).")
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            let Some(signature) = place.signature() else {
                continue;
            };
            if place.is_in_trait_impl() || place.is_private() {
                continue;
            }
            for (index, input) in signature.inputs.iter().enumerate() {
                let mut tied = Tied {
                    source,
                    found: Vec::new(),
                };
                tied.visit_fn_arg(input);
                for (change, name) in tied.found {
                    let site = Site::new(
                        format!("{}/{index}{name}", place.path),
                        format!("argument {index} of {} is not tied to {name}", place.path),
                        vec![change],
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

/// Lifetimes that are written, other than `'static` and `'_`.
struct Tied<'s> {
    source: &'s Source,
    found: Vec<(Change, String)>,
}

impl<'a> Visit<'a> for Tied<'_> {
    fn visit_type_reference(&mut self, reference: &'a TypeReference) {
        if let Some(lifetime) = &reference.lifetime {
            self.add(lifetime, "");
        }
        self.visit_type(&reference.elem);
    }

    fn visit_receiver(&mut self, receiver: &'a syn::Receiver) {
        if let Some((_, Some(lifetime))) = &receiver.reference {
            self.add(lifetime, "");
        }
    }

    fn visit_bound_lifetimes(&mut self, _: &'a syn::BoundLifetimes) {}

    fn visit_trait_bound(&mut self, _: &'a syn::TraitBound) {}

    fn visit_lifetime(&mut self, lifetime: &'a Lifetime) {
        self.add(lifetime, "'_");
    }
}

impl Tied<'_> {
    fn add(&mut self, lifetime: &Lifetime, text: &str) {
        if !["static", "_"].contains(&lifetime.ident.to_string().as_str()) {
            let change = Change::replace(self.source.range(lifetime), text);
            self.found.push((change, lifetime.to_string()));
        }
    }
}
