//! Ends a guard at once that should last until the end of its block.

use syn::Pat;
use syn::Stmt;

use crate::subject::mutation::body::bodies;
use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::blocks;

/// The operator.
pub struct RemoveGuard;

impl Operator for RemoveGuard {
    fn name(&self) -> &'static str {
        "remove-guard"
    }

    fn effect(&self) -> Effect {
        Effect::Bodies
    }

    fn stands_for(&self) -> &'static str {
        "What a lock or a section protects is done outside of it."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for (place, body) in bodies(source) {
            for statement in blocks(body).into_iter().flat_map(|block| &block.stmts) {
                let Stmt::Local(local) = statement else {
                    continue;
                };
                let Pat::Ident(ident) = &local.pat else {
                    continue;
                };
                let name = ident.ident.to_string();
                if name.starts_with('_') {
                    sites.push(Site::new(
                        format!("{}/{name}", place.path),
                        format!("{name} of {} ends at once", place.path),
                        vec![Change::replace(source.range(&local.pat), "_")],
                    ));
                }
            }
        }
        sites
    }
}
