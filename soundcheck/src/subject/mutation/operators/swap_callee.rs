//! Calls the contrary of a C function, or one that does less.

use syn::Expr;

use crate::subject::mutation::body::bodies;
use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::expressions;

/// The operator.
pub struct SwapCallee;

impl Operator for SwapCallee {
    fn name(&self) -> &'static str {
        "swap-callee"
    }

    fn effect(&self) -> Effect {
        Effect::Bodies
    }

    fn stands_for(&self) -> &'static str {
        "The wrong cleanup of an error path, or unregistering without waiting as unplugging does."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for (place, body) in bodies(source) {
            for expr in expressions(body) {
                let ident = match expr {
                    Expr::Path(path) if is_foreign(&path.path) => {
                        path.path.segments.last().map(|last| &last.ident)
                    }
                    Expr::MethodCall(call) if call.method.to_string().ends_with("_ref") => {
                        Some(&call.method)
                    }
                    _ => None,
                };
                let Some(ident) = ident else {
                    continue;
                };
                let old = ident.to_string();
                for new in other_names(&old) {
                    sites.push(Site::new(
                        format!("{}/{old}", place.path),
                        format!("{} calls {new} for {old}", place.path),
                        vec![Change::replace(source.range(ident), new)],
                    ));
                }
            }
        }
        sites
    }
}

/// Whether a path leads into a module, as C functions lie in one, and not to something of a type.
fn is_foreign(path: &syn::Path) -> bool {
    let first = path.segments.first().map(|first| first.ident.to_string());
    let own = ["core", "crate", "self", "super"];
    let is_module = first.is_some_and(|first| {
        first.starts_with(char::is_lowercase) && !own.contains(&first.as_str())
    });
    is_module && path.segments.len() > 1
}

/// A word of a name, and what stands for it in the name of another function of the same kind.
const WORDS: [(&str, &str); 10] = [
    ("unplug", "unregister"),
    ("put", "get"),
    ("get", "put"),
    ("enter", "exit"),
    ("lock", "unlock"),
    ("unlock", "lock"),
    ("enable", "disable"),
    ("disable", "enable"),
    ("inc", "dec"),
    ("nosync", "sync"),
];

/// The names of other functions; a name of one word is nobody's in particular.
fn other_names(name: &str) -> Vec<String> {
    let parts: Vec<&str> = name.split('_').collect();
    let mut names = Vec::new();
    for (index, part) in parts.iter().enumerate().filter(|_| parts.len() > 1) {
        for (_, new) in WORDS.iter().filter(|(old, _)| old == part) {
            let mut other = parts.clone();
            other[index] = new;
            names.push(other.join("_"));
        }
    }
    names
}
