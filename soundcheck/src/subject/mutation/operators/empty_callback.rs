//! Leaves a callback out of a table.

use syn::visit::Visit;
use syn::Expr;

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::place::Node;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::one_line;

/// The operator.
pub struct EmptyCallback;

impl Operator for EmptyCallback {
    fn name(&self) -> &'static str {
        "empty-callback"
    }

    fn effect(&self) -> Effect {
        Effect::Bodies
    }

    fn stands_for(&self) -> &'static str {
        "C code never calls what should release, open or close something."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            let mut values = Values::default();
            match (place.block(), place.node) {
                (Some(block), _) => values.visit_block(block),
                (None, Node::Item(syn::Item::Const(item))) => values.visit_expr(&item.expr),
                (None, Node::Impl(_, syn::ImplItem::Const(item))) => values.visit_expr(&item.expr),
                _ => {}
            }
            for value in values.0 {
                let text = one_line(source.text_of(value));
                sites.push(Site::new(
                    format!("{}/{}", place.path, name(value)),
                    format!("{} has no `{text}`", place.path),
                    vec![Change::replace(source.range(&value.expr), "None")],
                ));
            }
        }
        sites
    }
}

fn name(value: &syn::FieldValue) -> String {
    match &value.member {
        syn::Member::Named(ident) => ident.to_string(),
        syn::Member::Unnamed(index) => index.index.to_string(),
    }
}

/// Fields that are given some function.
#[derive(Default)]
struct Values<'a>(Vec<&'a syn::FieldValue>);

impl<'a> Visit<'a> for Values<'a> {
    fn visit_field_value(&mut self, value: &'a syn::FieldValue) {
        if let Expr::Call(call) = &value.expr {
            let is_some =
                matches!(call.func.as_ref(), Expr::Path(path) if path.path.is_ident("Some"));
            let is_path = matches!(call.args.first(), Some(Expr::Path(_)));
            self.0.extend((is_some && is_path).then_some(value));
        }
        syn::visit::visit_field_value(self, value);
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}
