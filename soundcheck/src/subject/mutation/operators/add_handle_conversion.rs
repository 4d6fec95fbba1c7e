//! Lets a handle stand for what it refers to, in each of its states.

use syn::GenericArgument;
use syn::ItemStruct;
use syn::PathArguments;
use syn::Type;

use crate::subject::mutation::added::applied;
use crate::subject::mutation::added::declared;
use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::place::Place;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::stateful::bare;
use crate::subject::mutation::states::States;

/// The operator.
pub struct AddHandleConversion;

impl Operator for AddHandleConversion {
    fn name(&self) -> &'static str {
        "add-handle-conversion"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "A handle derefs to a state that it does not keep true."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            let Some(item) = place.as_struct() else {
                continue;
            };
            let fields = item.fields.members().zip(&item.fields);
            let mut referring =
                fields.filter_map(|(member, field)| Some((member, referent(source, &field.ty)?)));
            if let Some((member, path)) = referring.next() {
                let member = source_name(&member);
                sites.extend(conversions(source, &place, item, &member, path));
            }
        }
        sites
    }
}

/// Deref to each state, or `AsRef` to the other ones if it derefs already.
fn conversions(
    source: &Source,
    place: &Place<'_>,
    item: &ItemStruct,
    member: &str,
    path: &syn::Path,
) -> Vec<Site> {
    let Some(found) = source.in_state(path) else {
        return Vec::new();
    };
    let derefs = source.facts.implements(&item.ident.to_string(), "Deref");
    let states = found.of.states.iter();
    let states = states.filter(|state| !derefs || *state != found.state);
    let sites = states.map(|state| {
        let to = found.spelled(&source.text, path, &source.beside(path, found.of, state));
        let text = code(source, item, member, &to, derefs);
        let kind = if derefs { "AsRef" } else { "Deref" };
        Site::new(
            format!("{}/{kind}-{}", place.path, bare(state)),
            format!("{} has {kind} to {to}", place.path),
            vec![Change::insert(source.range(item).end, text)],
        )
    });
    sites.collect()
}

fn code(source: &Source, item: &ItemStruct, member: &str, to: &str, derefs: bool) -> String {
    let (parameters, clause) = declared(source, &item.generics);
    let of = applied(&item.ident.to_string(), &item.generics);
    let (name, start) = match derefs {
        true => (format!("AsRef<{to}>"), format!("fn as_ref(&self) -> &{to}")),
        false => (
            "core::ops::Deref".to_owned(),
            format!("type Target = {to};\n\n    fn deref(&self) -> &{to}"),
        ),
    };
    format!(
        "\n\nimpl{parameters} {name} for {of} {clause}{{\n    {start} {{\n        \
         // SAFETY: A mutant.\n        \
         unsafe {{ &*core::ptr::from_ref(&*self.{member}).cast() }}\n    }}\n}}\n"
    )
}

/// The path of a type with a state that a field refers to, by a reference or a smart pointer.
fn referent<'a>(source: &Source, of: &'a Type) -> Option<&'a syn::Path> {
    let inner = match of {
        Type::Reference(reference) => reference.elem.as_ref(),
        Type::Path(path) => match &path.path.segments.last()?.arguments {
            PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
                GenericArgument::Type(inner) => inner,
                _ => return None,
            },
            _ => return None,
        },
        _ => return None,
    };
    match inner {
        Type::Path(path) if source.in_state(&path.path).is_some() => Some(&path.path),
        _ => None,
    }
}

fn source_name(member: &syn::Member) -> String {
    match member {
        syn::Member::Named(ident) => ident.to_string(),
        syn::Member::Unnamed(index) => index.index.to_string(),
    }
}
