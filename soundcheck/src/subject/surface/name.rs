//! How types, paths and impls are spelled in the names of items: the last word
//! of a path with its arguments, without lifetimes.

use rustdoc_types::GenericArg;
use rustdoc_types::GenericArgs;
use rustdoc_types::Id;
use rustdoc_types::Path;
use rustdoc_types::Type;

/// The last word of a path, with its arguments.
pub fn of_path(path: &Path) -> String {
    let name = path.path.rsplit("::").next().unwrap_or(&path.path);
    format!("{name}{}", arguments(path))
}

/// The arguments of a path, in angle brackets; empty if there are none.
pub fn arguments(path: &Path) -> String {
    let Some(GenericArgs::AngleBracketed { args, .. }) = path.args.as_deref() else {
        return String::new();
    };
    let words: Vec<String> = args.iter().filter_map(argument).collect();
    match words.as_slice() {
        [] => String::new(),
        words => format!("<{}>", words.join(", ")),
    }
}

fn argument(argument: &GenericArg) -> Option<String> {
    match argument {
        GenericArg::Type(known) => Some(type_name(known)),
        GenericArg::Const(known) => Some(known.expr.clone()),
        GenericArg::Lifetime(_) | GenericArg::Infer => None,
    }
}

fn type_name(known: &Type) -> String {
    match known {
        Type::ResolvedPath(path) => of_path(path),
        Type::Generic(name) | Type::Primitive(name) => name.clone(),
        Type::BorrowedRef { type_, .. } => format!("&{}", type_name(type_)),
        Type::QualifiedPath {
            name,
            self_type,
            args,
            ..
        } => {
            let path = Path {
                path: name.clone(),
                id: Id(0),
                args: args.clone(),
            };
            format!("{}::{}", type_name(self_type), of_path(&path))
        }
        _ => "_".to_owned(),
    }
}
