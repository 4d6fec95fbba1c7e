//! Names another state in a signature, an associated type or the argument of a trait.

use syn::visit::Visit;

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::place::Node;
use crate::subject::mutation::place::Place;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::one_line;
use crate::subject::mutation::syntax::squeeze;

/// The operator.
pub struct SwapState;

impl Operator for SwapState {
    fn name(&self) -> &'static str {
        "swap-state"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "A function takes less than it relies on, or promises more than it knows."
    }

    fn defect(&self) -> Option<&'static str> {
        Some("In 7.2 an object promises that its device is registered (`cases/holes/linux-7.2/object_promises_registered.rs`).")
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            for path in paths(&place) {
                let Some(found) = source.in_state(path) else {
                    continue;
                };
                for other in found.of.others(found.state) {
                    let name = source.beside(path, found.of, other);
                    let text = one_line(source.text_of(path));
                    let change = found.replaced(path, &name);
                    let site = Site::new(
                        format!("{}/{}-{}", place.path, squeeze(&text), squeeze(other)),
                        format!("{} says {other} for {text}", place.path),
                        vec![change],
                    );
                    sites.push(with_casts(source, &place, site));
                }
            }
        }
        sites
    }
}

/// A reference that a body ends with, or that it gets, is cast if it does not fit.
fn with_casts(source: &Source, place: &Place<'_>, site: Site) -> Site {
    let Some(tail) = place.block().and_then(|block| block.stmts.last()) else {
        return site;
    };
    match tail {
        syn::Stmt::Expr(expr, None) => {
            let text = source.text_of(expr);
            let cast =
                format!("// SAFETY: A mutant.\n        unsafe {{ core::mem::transmute({text}) }}");
            site.or_with(vec![Change::replace(source.range(expr), cast)])
        }
        _ => site,
    }
}

/// The types that an item names in public, but not the one that an impl is for.
fn paths<'a>(place: &Place<'a>) -> Vec<&'a syn::Path> {
    let mut paths = Paths::default();
    match place.node {
        // What has a lifetime of its own cannot be renamed without it.
        Node::Impl(_, syn::ImplItem::Type(item)) if item.generics.params.is_empty() => {
            paths.visit_type(&item.ty);
        }
        Node::Item(syn::Item::Impl(item)) => {
            if let Some((_, path, _)) = &item.trait_ {
                paths.visit_path(path);
            }
        }
        _ => {
            if let Some(signature) = place.signature() {
                paths.visit_signature(signature);
            }
        }
    }
    paths.0
}

#[derive(Default)]
struct Paths<'a>(Vec<&'a syn::Path>);

impl<'a> Visit<'a> for Paths<'a> {
    fn visit_path(&mut self, path: &'a syn::Path) {
        self.0.push(path);
        syn::visit::visit_path(self, path);
    }
}
