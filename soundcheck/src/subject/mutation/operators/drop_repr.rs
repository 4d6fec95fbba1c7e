//! Drops `#[repr(..)]`.

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;

/// The operator.
pub struct DropRepr;

impl Operator for DropRepr {
    fn name(&self) -> &'static str {
        "drop-repr"
    }

    fn effect(&self) -> Effect {
        Effect::Layout
    }

    fn stands_for(&self) -> &'static str {
        "C code, or a cast, relies on a layout that the compiler is free to change."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            for attr in place.attrs() {
                if attr.path().is_ident("repr") {
                    let text = source.text_of(attr);
                    sites.push(Site::new(
                        place.path.clone(),
                        format!("{} has no {text}", place.path),
                        vec![Change::remove(source.range(attr))],
                    ));
                }
            }
        }
        sites
    }
}
