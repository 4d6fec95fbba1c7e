//! Turns an addition, a subtraction or a mask.

use syn::BinOp;
use syn::Expr;

use crate::subject::mutation::body::bodies;
use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::expressions;
use crate::subject::mutation::syntax::one_line;

/// The operator.
pub struct TurnArithmetic;

impl Operator for TurnArithmetic {
    fn name(&self) -> &'static str {
        "turn-arithmetic"
    }

    fn effect(&self) -> Effect {
        Effect::Bodies
    }

    fn stands_for(&self) -> &'static str {
        "An offset leads to another field, or a count goes the wrong way."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for (place, body) in bodies(source) {
            for expr in expressions(body) {
                let change = match expr {
                    Expr::Binary(binary) => {
                        let new = turned(&binary.op);
                        new.map(|new| Change::replace(source.range(&binary.op), new))
                    }
                    Expr::MethodCall(call) => {
                        let new = turned_method(&call.method.to_string());
                        new.map(|new| Change::replace(source.range(&call.method), new))
                    }
                    _ => None,
                };
                let Some(change) = change else {
                    continue;
                };
                let text = one_line(source.text_of(expr));
                sites.push(Site::new(
                    place.path.clone(),
                    format!("{} has {} in `{text}`", place.path, change.text),
                    vec![change],
                ));
            }
        }
        sites
    }
}

fn turned(op: &BinOp) -> Option<&'static str> {
    match op {
        BinOp::Add(_) => Some("-"),
        BinOp::Sub(_) => Some("+"),
        BinOp::AddAssign(_) => Some("-="),
        BinOp::SubAssign(_) => Some("+="),
        BinOp::BitAnd(_) => Some("|"),
        BinOp::BitOr(_) => Some("&"),
        _ => None,
    }
}

fn turned_method(name: &str) -> Option<&'static str> {
    match name {
        "byte_add" => Some("byte_sub"),
        "byte_sub" => Some("byte_add"),
        "fetch_add" => Some("fetch_sub"),
        "fetch_sub" => Some("fetch_add"),
        "add" => Some("sub"),
        "sub" => Some("add"),
        _ => None,
    }
}
