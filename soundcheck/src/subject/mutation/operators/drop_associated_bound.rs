//! Drops one bound of an associated type.

use crate::subject::mutation::bounds::without;
use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::place::Node;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::one_line;
use crate::subject::mutation::syntax::squeeze;

/// The operator.
pub struct DropAssociatedBound;

impl Operator for DropAssociatedBound {
    fn name(&self) -> &'static str {
        "drop-associated-bound"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "What a driver names may be of a kind that the abstraction cannot bear."
    }

    fn defect(&self) -> Option<&'static str> {
        Some("In 7.3 a driver's data need not be `'static`, and outlives what it borrows (`cases/holes/linux-7.3/driver_borrows.rs`).")
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            let Node::Trait(_, syn::TraitItem::Type(item)) = place.node else {
                continue;
            };
            for (index, bound) in item.bounds.iter().enumerate() {
                let text = one_line(source.text_of(bound));
                if text != "Sized" {
                    sites.push(Site::new(
                        format!("{}/{}", place.path, squeeze(&text)),
                        format!("{} need not be {text}", place.path),
                        vec![without(source, &item.bounds, index)],
                    ));
                }
            }
        }
        sites
    }
}
