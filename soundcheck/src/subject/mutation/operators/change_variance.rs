//! Changes what a marker says about a parameter: another variance, or other threads.

use syn::GenericArgument;
use syn::PathArguments;
use syn::Type;

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::place::Node;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::one_line;
use crate::subject::mutation::syntax::squeeze;

/// The operator.
pub struct ChangeVariance;

impl Operator for ChangeVariance {
    fn name(&self) -> &'static str {
        "change-variance"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "A value of a general type is taken for one of a special type, or the other way round."
    }

    fn defect(&self) -> Option<&'static str> {
        Some("In 7.3 a file is covariant in its data, and is taken for one of another driver (`cases/holes/linux-7.3/file_narrowed.rs`).")
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            let types: Vec<&Type> = match place.node {
                Node::Item(syn::Item::Struct(item)) => {
                    item.fields.iter().map(|field| &field.ty).collect()
                }
                Node::Item(syn::Item::Type(item)) => vec![item.ty.as_ref()],
                _ => continue,
            };
            for inner in types.into_iter().filter_map(marked) {
                let old = one_line(source.text_of(inner));
                for new in variants(source, inner) {
                    let site = Site::new(
                        format!("{}/{}-{}", place.path, squeeze(&old), squeeze(&new)),
                        format!("{} is marked by {new} for {old}", place.path),
                        vec![Change::replace(source.range(inner), new)],
                    );
                    sites.push(site);
                }
            }
        }
        sites
    }
}

/// The argument of a `PhantomData`.
fn marked(of: &Type) -> Option<&Type> {
    let Type::Path(path) = of else {
        return None;
    };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(inner) if last.ident == "PhantomData" => Some(inner),
        _ => None,
    }
}

/// Markers of the same parameter that say something else.
fn variants(source: &Source, inner: &Type) -> Vec<String> {
    let text = |of: &Type| source.text_of(of).to_owned();
    match inner {
        Type::BareFn(function) => match (&function.output, function.inputs.first()) {
            (syn::ReturnType::Type(_, output), Some(_)) => {
                let output = text(output);
                vec![format!("fn() -> {output}"), output]
            }
            (syn::ReturnType::Type(_, output), None) => vec![text(output)],
            (syn::ReturnType::Default, Some(input)) => vec![text(&input.ty)],
            _ => Vec::new(),
        },
        Type::Ptr(pointer) => {
            let of = text(&pointer.elem);
            vec![format!("*const {of}"), of.clone(), format!("fn() -> {of}")]
        }
        Type::Reference(reference) => match &reference.mutability {
            Some(mutability) => {
                let whole = source.text_of(reference);
                let start = source.range(reference).start;
                let range = source.range(mutability);
                let (before, after) = (range.start - start, range.end - start);
                vec![format!("{}{}", &whole[..before], &whole[after..])]
            }
            None => vec![format!("fn() -> {}", text(inner))],
        },
        Type::Path(_) => {
            let of = text(inner);
            vec![format!("fn() -> {of}"), format!("fn({of})")]
        }
        _ => Vec::new(),
    }
}
