//! Drops one supertrait, and by that unseals a trait.

use crate::subject::mutation::bounds::without;
use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::one_line;
use crate::subject::mutation::syntax::squeeze;

/// The operator.
pub struct DropSupertrait;

impl Operator for DropSupertrait {
    fn name(&self) -> &'static str {
        "drop-supertrait"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "A trait that relies on more than it demands, or a sealed trait that drivers implement."
    }

    fn defect(&self) -> Option<&'static str> {
        Some("In 7.3 the data of a file need not be `Send` (`cases/holes/linux-7.3/file_closed_on_another_thread.rs`).")
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            let Some(item) = place.as_trait() else {
                continue;
            };
            for (index, bound) in item.supertraits.iter().enumerate() {
                let text = one_line(source.text_of(bound));
                let name = text.rsplit("::").next().unwrap_or_default();
                let seals = source
                    .facts
                    .is_seal(name.split('<').next().unwrap_or_default());
                if text != "Sized" {
                    let what = if seals { "sealed by" } else { "a" };
                    sites.push(Site::new(
                        format!("{}/{}", place.path, squeeze(&text)),
                        format!("{} is not {what} {text}", place.path),
                        vec![without(source, &item.supertraits, index)],
                    ));
                }
            }
        }
        sites
    }
}
