//! Forgets what should be dropped, and drops what should be forgotten.

use syn::Expr;

use crate::subject::mutation::body::bodies;
use crate::subject::mutation::body::called;
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
pub struct TurnDrop;

impl Operator for TurnDrop {
    fn name(&self) -> &'static str {
        "turn-drop"
    }

    fn effect(&self) -> Effect {
        Effect::Bodies
    }

    fn stands_for(&self) -> &'static str {
        "A reference is leaked, or is given up while C code still has it."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for (place, body) in bodies(source) {
            for expr in expressions(body) {
                let Expr::Call(call) = expr else {
                    continue;
                };
                let function = source.range(&call.func);
                let path = match call.func.as_ref() {
                    Expr::Path(path) => path,
                    _ => continue,
                };
                let name = called(expr).unwrap_or_default();
                let kept = path
                    .path
                    .segments
                    .iter()
                    .any(|part| part.ident == "ManuallyDrop");
                let (new, text) = match name.as_str() {
                    "drop" => ("forgets", "core::mem::forget"),
                    "forget" => ("drops", "drop"),
                    "new" if kept => ("drops", ""),
                    _ => continue,
                };
                let what = one_line(source.text_of(expr));
                sites.push(Site::new(
                    format!("{}/{}", place.path, last_name(&path.path)),
                    format!("{} {new} in `{what}`", place.path),
                    vec![Change::replace(function, text)],
                ));
            }
        }
        sites
    }
}
