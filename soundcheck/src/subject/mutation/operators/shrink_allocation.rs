//! Asks for less memory than a value needs.

use syn::Expr;
use syn::PathArguments;

use crate::subject::mutation::body::bodies;
use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::expressions;
use crate::subject::mutation::syntax::last_name;
use crate::subject::mutation::syntax::one_line;

/// The operator.
pub struct ShrinkAllocation;

impl Operator for ShrinkAllocation {
    fn name(&self) -> &'static str {
        "shrink-allocation"
    }

    fn effect(&self) -> Effect {
        Effect::Bodies
    }

    fn stands_for(&self) -> &'static str {
        "The end of an object lies in somebody else's memory."
    }

    fn defect(&self) -> Option<&'static str> {
        Some("Versions 1 to 5 of the posted patch allocated the size of a handle for the whole device (`cases/holes/devicectx-v1/allocated_for_its_handle.rs`).")
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for (place, body) in bodies(source) {
            for expr in expressions(body) {
                let changes = match expr {
                    Expr::MethodCall(call) if call.method == "size" && call.args.is_empty() => {
                        let end = source.range(call).end;
                        vec![Change::insert(end, " / 2")]
                    }
                    Expr::Path(path) => sized(source, &path.path),
                    _ => Vec::new(),
                };
                sites.extend(changes.into_iter().map(|change| {
                    let text = one_line(source.text_of(expr));
                    let what = format!("{} has a smaller `{text}`", place.path);
                    Site::new(place.path.clone(), what, vec![change])
                }));
            }
        }
        sites
    }
}

/// The type of `Layout::new::<T>` or `size_of::<T>`: a pointer instead.
fn sized(source: &Source, path: &syn::Path) -> Vec<Change> {
    let is_layout = path.segments.iter().any(|part| part.ident == "Layout");
    let name = last_name(path);
    if !(name == "size_of" || is_layout && name == "new") {
        return Vec::new();
    }
    let Some(PathArguments::AngleBracketed(arguments)) =
        path.segments.last().map(|last| &last.arguments)
    else {
        return Vec::new();
    };
    let first = arguments.args.first().into_iter();
    first
        .map(|argument| Change::replace(source.range(argument), "*const ()"))
        .collect()
}
