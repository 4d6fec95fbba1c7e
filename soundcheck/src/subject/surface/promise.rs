//! What an item promises, as a text to compare it by.
//!
//! Owns what is no promise: documentation, bodies, the numbers by which rustdoc
//! links items, which differ from build to build, and its list of impls.

use rustdoc_types::Attribute;
use rustdoc_types::Crate;
use rustdoc_types::Id;
use rustdoc_types::Item;
use rustdoc_types::ItemEnum;
use rustdoc_types::StructKind;
use rustdoc_types::VariantKind;
use serde_json::json;
use serde_json::Value;

/// Lists of other items, which are items of their own.
const LISTS: [&str; 4] = ["id", "impls", "implementations", "items"];

/// What an item promises; what it cannot be without is a part of it.
pub fn promise(krate: &Crate, item: &Item) -> String {
    value(krate, item).to_string()
}

fn value(krate: &Crate, item: &Item) -> Value {
    let mut inner = json!(item.inner);
    bare(&mut inner);
    let said = |attribute: &&Attribute| !matches!(attribute, Attribute::Other(_));
    let attributes: Vec<&Attribute> = item.attrs.iter().filter(said).collect();
    let parts = parts(&item.inner).into_iter();
    let parts = parts.filter_map(|id| krate.index.get(&id));
    let parts: Vec<Value> = parts.map(|part| value(krate, part)).collect();
    json!([item.name, item.visibility, attributes, inner, parts])
}

/// Takes away the numbers of other items.
fn bare(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !LISTS.contains(&name.as_str()));
            fields.values_mut().for_each(bare);
        }
        Value::Array(values) => {
            values.retain(|value| !value.is_number());
            values.iter_mut().for_each(bare);
        }
        _ => {}
    }
}

/// Fields and variants, and the members of an impl of a trait.
pub fn parts(inner: &ItemEnum) -> Vec<Id> {
    match inner {
        ItemEnum::Struct(known) => match &known.kind {
            StructKind::Unit => Vec::new(),
            StructKind::Tuple(fields) => fields.iter().flatten().copied().collect(),
            StructKind::Plain { fields, .. } => fields.clone(),
        },
        ItemEnum::Variant(known) => match &known.kind {
            VariantKind::Plain => Vec::new(),
            VariantKind::Tuple(fields) => fields.iter().flatten().copied().collect(),
            VariantKind::Struct { fields, .. } => fields.clone(),
        },
        ItemEnum::Union(known) => known.fields.clone(),
        ItemEnum::Enum(known) => known.variants.clone(),
        ItemEnum::Impl(known) if known.trait_.is_some() => known.items.clone(),
        _ => Vec::new(),
    }
}
