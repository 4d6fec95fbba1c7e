//! Names another state in a call or a body of a macro.

use proc_macro2::TokenTree;

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::tokens::in_macros;

/// The operator.
pub struct SwapMacroState;

impl Operator for SwapMacroState {
    fn name(&self) -> &'static str {
        "swap-macro-state"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "A macro gives its callers another state than the one that its code provides for."
    }

    fn sites(&self, source: &Source, states: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for (path, row) in in_macros(source) {
            for token in &row {
                let TokenTree::Ident(ident) = token else {
                    continue;
                };
                let name = ident.to_string();
                if !states.is_state(&name) {
                    continue;
                }
                for other in states.others(&name) {
                    sites.push(Site::new(
                        format!("{path}/{name}-{other}"),
                        format!("{path} says {other} for {name}"),
                        vec![Change::replace(ident.span().byte_range(), other)],
                    ));
                }
            }
        }
        sites
    }
}
