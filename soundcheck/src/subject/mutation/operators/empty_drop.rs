//! Makes a destructor do nothing.

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::place::Node;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::last_name;

/// The operator.
pub struct EmptyDrop;

impl Operator for EmptyDrop {
    fn name(&self) -> &'static str {
        "empty-drop"
    }

    fn effect(&self) -> Effect {
        Effect::Bodies
    }

    fn stands_for(&self) -> &'static str {
        "What a value stands for goes on when the value is gone."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            let Node::Impl(around, syn::ImplItem::Fn(item)) = place.node else {
                continue;
            };
            let name = around.trait_.as_ref().map(|(_, path, _)| last_name(path));
            let is_drop = name.is_some_and(|name| ["Drop", "PinnedDrop"].contains(&name.as_str()));
            if is_drop && !item.block.stmts.is_empty() {
                sites.push(Site::new(
                    place.path.clone(),
                    format!("{} does nothing", place.path),
                    vec![Change::replace(source.range(&item.block), "{}")],
                ));
            }
        }
        sites
    }
}
