//! Takes out a field that only keeps a type on its thread or in its place.

use std::ops::Range;
use syn::visit::Visit;

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::place::Place;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;

/// The operator.
pub struct RemoveMarker;

impl Operator for RemoveMarker {
    fn name(&self) -> &'static str {
        "remove-marker"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "A value that must stay on its thread is sent away, or one that must stay in its place is moved."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            let Some(item) = place.as_struct() else {
                continue;
            };
            let count = item.fields.len();
            for (index, field) in item.fields.iter().enumerate() {
                let text = source.text_of(&field.ty);
                if !is_marker(text) {
                    continue;
                }
                let mut uses = Uses {
                    index,
                    count,
                    name: item.ident.to_string(),
                    field: field.ident.as_ref().map(ToString::to_string),
                    found: vec![with_comma(source, source.range(field))],
                    source,
                };
                uses.visit_file(&source.file);
                let changes = uses.found.into_iter().map(Change::remove).collect();
                sites.push(site(&place, text, changes));
            }
        }
        sites
    }
}

fn site(place: &Place<'_>, text: &str, changes: Vec<Change>) -> Site {
    Site::new(
        place.path.clone(),
        format!("{} has no marker {text}", place.path),
        changes,
    )
}

/// Whether a type says nothing but how its owner may move, and names no parameter.
fn is_marker(text: &str) -> bool {
    let name = text.rsplit("::").next().unwrap_or(text);
    ["NotThreadSafe", "PhantomPinned"].contains(&name) || text.ends_with("PhantomData<*mut ()>")
}

/// Where values of the struct are made.
struct Uses<'a> {
    index: usize,
    count: usize,
    name: String,
    field: Option<String>,
    found: Vec<Range<usize>>,
    source: &'a Source,
}

impl<'a> Visit<'a> for Uses<'a> {
    fn visit_field_value(&mut self, value: &'a syn::FieldValue) {
        if let (syn::Member::Named(ident), Some(name)) = (&value.member, &self.field) {
            if ident == name {
                let range = self.source.range(value);
                self.found.push(with_comma(self.source, range));
            }
        }
        syn::visit::visit_field_value(self, value);
    }

    fn visit_expr_call(&mut self, call: &'a syn::ExprCall) {
        let name = self.source.text_of(&call.func);
        let is_this = name == "Self" || name == self.name;
        if self.field.is_none() && is_this && call.args.len() == self.count {
            let range = self.source.range(&call.args[self.index]);
            self.found.push(with_comma(self.source, range));
        }
        syn::visit::visit_expr_call(self, call);
    }
}

/// A part of a list with the comma behind it, or else the one before.
fn with_comma(source: &Source, range: Range<usize>) -> Range<usize> {
    let behind = &source.text[range.end..];
    let before = source.text[..range.start].trim_end();
    match (
        behind.trim_start().strip_prefix(','),
        before.strip_suffix(','),
    ) {
        (Some(rest), _) => range.start..source.text.len() - rest.len(),
        (None, Some(rest)) => rest.len()..range.end,
        (None, None) => range,
    }
}
