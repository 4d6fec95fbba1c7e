//! Gives a state a field, a Drop or an alignment.

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;

/// The operator.
pub struct LoadState;

impl Operator for LoadState {
    fn name(&self) -> &'static str {
        "load-state"
    }

    fn effect(&self) -> Effect {
        Effect::Layout
    }

    fn stands_for(&self) -> &'static str {
        "States that differ in layout, so that the cast between them is no longer one."
    }

    fn sites(&self, source: &Source, states: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            let Some(item) = place.as_struct() else {
                continue;
            };
            let name = item.ident.to_string();
            let mut of = source.stateful.iter();
            let is_listed = of.any(|of| of.states.contains(&name));
            if !matches!(item.fields, syn::Fields::Unit) || !(is_listed || states.is_state(&name)) {
                continue;
            }
            let end = source.range(item).end;
            let start = source.range(&item.vis).start;
            let drop = format!("\n\nimpl Drop for {name} {{\n    fn drop(&mut self) {{}}\n}}\n");
            let loads = [
                ("field", Change::insert(end - 1, "(u8)")),
                ("drop", Change::insert(end, drop)),
                ("alignment", Change::insert(start, "#[repr(align(16))]\n")),
            ];
            sites.extend(loads.map(|(what, change)| {
                Site::new(
                    format!("{}/{what}", place.path),
                    format!("{name} has a {what}"),
                    vec![change],
                )
            }));
        }
        sites
    }
}
