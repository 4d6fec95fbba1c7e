//! Asks for less: `Clone` for `Copy`, a closure that is called once for one that is called often.

use syn::visit::Visit;

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;

/// The operator.
pub struct RelaxBound;

impl Operator for RelaxBound {
    fn name(&self) -> &'static str {
        "relax-bound"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "A value that must be plain, or a closure that must have no state, is one that is not or has some."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source
            .places()
            .into_iter()
            .filter(|place| !place.is_in_trait_impl())
        {
            let mut paths = Bounds::default();
            match place.signature() {
                Some(signature) => paths.visit_signature(signature),
                None => place
                    .generics()
                    .into_iter()
                    .for_each(|all| paths.visit_generics(all)),
            }
            for ident in paths.0 {
                let name = ident.to_string();
                for (_, less) in LESS.iter().filter(|(more, _)| *more == name) {
                    sites.push(Site::new(
                        format!("{}/{name}-{less}", place.path),
                        format!("{} asks for {less} instead of {name}", place.path),
                        vec![Change::replace(ident.span().byte_range(), *less)],
                    ));
                }
            }
        }
        sites
    }
}

const LESS: [(&str, &str); 3] = [("Copy", "Clone"), ("Fn", "FnMut"), ("FnMut", "FnOnce")];

#[derive(Default)]
struct Bounds<'a>(Vec<&'a syn::Ident>);

impl<'a> Visit<'a> for Bounds<'a> {
    fn visit_trait_bound(&mut self, bound: &'a syn::TraitBound) {
        self.0
            .extend(bound.path.segments.last().map(|last| &last.ident));
        syn::visit::visit_trait_bound(self, bound);
    }
}
