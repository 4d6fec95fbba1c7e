//! Drops `#[must_use]`.

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;

/// The operator.
pub struct DropMustUse;

impl Operator for DropMustUse {
    fn name(&self) -> &'static str {
        "drop-must-use"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "A guard that nobody keeps guards nothing, and nobody is told."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            for attr in place.attrs() {
                if attr.path().is_ident("must_use") {
                    sites.push(Site::new(
                        place.path.clone(),
                        format!("{} may be ignored", place.path),
                        vec![Change::remove(source.range(attr))],
                    ));
                }
            }
        }
        sites
    }
}
