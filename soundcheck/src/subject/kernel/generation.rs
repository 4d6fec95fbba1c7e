//! Which generation of the API a tree has, by the contexts that it declares.
//!
//! Owns the comparison with what the files of subjects say. A tree that fits
//! none is named with its difference to the nearest, and not guessed.

use std::collections::BTreeSet;
use std::fs;

use camino::Utf8Path;
use syn::GenericParam;
use syn::Item;
use syn::Type;
use syn::TypeParam;
use syn::TypeParamBound;

use crate::ground::problem::InputError;
use crate::ground::problem::Problem;
use crate::subject::kernel::tree::Tree;
use crate::subject::manifest::Manifest;
use crate::subject::manifest::Recognition;

/// What a tree declares about the contexts of a device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The trait that contexts implement.
    pub trait_name: String,
    /// The context that a device has if none is written.
    pub default: String,
    /// All contexts.
    pub contexts: BTreeSet<String>,
}

/// The subject that fits a tree, or the one with a name if it is given.
///
/// # Errors
///
/// No subject fits.
pub fn recognise(
    known: Vec<Manifest>,
    tree: &Tree,
    name: Option<&str>,
) -> Result<Manifest, InputError> {
    let mut known: Vec<(Manifest, Recognition)> = known
        .into_iter()
        .filter_map(|manifest| Some((manifest.clone(), manifest.kernel?)))
        .collect();
    let found = match name {
        Some(name) => known.iter().position(|(manifest, _)| manifest.name == name),
        None => {
            let fits = |known: &Recognition| {
                Surroundings::of(tree, &known.file).is_ok_and(|there| there == known.surroundings())
            };
            known.iter().position(|(_, known)| fits(known))
        }
    };
    match (found, name) {
        (Some(index), _) => Ok(known.swap_remove(index).0),
        (None, Some(name)) => Err(unknown_name(name, &known)),
        (None, None) => Err(unknown(tree, &known)),
    }
}

impl Recognition {
    fn surroundings(&self) -> Surroundings {
        Surroundings {
            trait_name: self.trait_name.clone(),
            default: self.default.clone(),
            contexts: self.contexts.clone(),
        }
    }
}

impl Surroundings {
    /// Reads what a tree declares.
    ///
    /// # Errors
    ///
    /// The tree has no DRM device whose type has a context.
    pub fn of(tree: &Tree, file: &Utf8Path) -> Result<Self, InputError> {
        let path = tree.source().join(file);
        let text = fs::read_to_string(&path).unwrap_or_default();
        Self::parse(&text).ok_or_else(|| {
            let what = format!("{path} declares no `Device` with a context");
            let next = "the typestate is there since the patches for Linux 7.2; give such a tree";
            InputError::one(Problem::new(what, next))
        })
    }

    /// Reads the contexts from the text of a file.
    fn parse(text: &str) -> Option<Self> {
        let file = syn::parse_file(text).ok()?;
        let parameter = file.items.iter().find_map(device_context)?;
        let trait_name = parameter.bounds.iter().find_map(bound_name)?;
        let default = type_name(parameter.default.as_ref()?)?;
        let contexts = file.items.iter();
        Some(Self {
            contexts: contexts
                .filter_map(|item| implementor(item, &trait_name))
                .collect(),
            trait_name,
            default,
        })
    }

    /// In how many words two declarations differ.
    fn distance(&self, other: &Self) -> usize {
        let contexts = self.contexts.symmetric_difference(&other.contexts).count();
        let is_other = |one: &str, two: &str| usize::from(one != two);
        contexts
            + is_other(&self.trait_name, &other.trait_name)
            + is_other(&self.default, &other.default)
    }

    fn describe(&self) -> String {
        let contexts: Vec<&str> = self.contexts.iter().map(String::as_str).collect();
        let contexts = contexts.join(", ");
        format!(
            "contexts {contexts} (default {}, trait {})",
            self.default, self.trait_name
        )
    }

    /// What is here and not there, and the reverse.
    fn difference(&self, nearest: &Self) -> String {
        let mut words = Vec::new();
        let more = self.contexts.difference(&nearest.contexts);
        words.extend(more.map(|name| format!("+{name}")));
        let less = nearest.contexts.difference(&self.contexts);
        words.extend(less.map(|name| format!("-{name}")));
        if self.default != nearest.default {
            words.push(format!("default {} for {}", self.default, nearest.default));
        }
        if self.trait_name != nearest.trait_name {
            let (here, there) = (&self.trait_name, &nearest.trait_name);
            words.push(format!("trait {here} for {there}"));
        }
        words.join(", ")
    }
}

/// The error about a tree that fits no subject.
fn unknown(tree: &Tree, known: &[(Manifest, Recognition)]) -> InputError {
    let Some((_, first)) = known.first() else {
        let what = "soundcheck.toml knows no kernel";
        let next = "write the file of a subject with a table [kernel]";
        return InputError::one(Problem::new(what, next));
    };
    match Surroundings::of(tree, &first.file) {
        Ok(declared) => unlike(&declared, known),
        Err(error) => error,
    }
}

fn unlike(declared: &Surroundings, known: &[(Manifest, Recognition)]) -> InputError {
    let described = declared.describe();
    let distance = |(_, known): &&(Manifest, Recognition)| declared.distance(&known.surroundings());
    let Some((manifest, nearest)) = known.iter().min_by_key(distance) else {
        let what = format!("there is no contract for {described}");
        let next = "write the file of a subject with a table [kernel]";
        return InputError::one(Problem::new(what, next));
    };
    let name = &manifest.name;
    let difference = declared.difference(&nearest.surroundings());
    let what = format!("no contract for {described}; the nearest is {name}: {difference}");
    let next = format!("write a contract for it, or say --generation {name} to judge it as that");
    InputError::one(Problem::new(what, next))
}

fn unknown_name(name: &str, known: &[(Manifest, Recognition)]) -> InputError {
    let names: Vec<&str> = known.iter().map(|(known, _)| known.name.as_str()).collect();
    let what = format!("there is no contract for the generation `{name}`");
    let next = format!("known are {}", names.join(", "));
    InputError::one(Problem::new(what, next))
}

/// The type parameter of `Device` that has a default.
fn device_context(item: &Item) -> Option<TypeParam> {
    let Item::Struct(item) = item else {
        return None;
    };
    if item.ident != "Device" {
        return None;
    }
    let parameters = item.generics.params.iter();
    let mut types = parameters.filter_map(|parameter| match parameter {
        GenericParam::Type(parameter) if parameter.default.is_some() => Some(parameter.clone()),
        _ => None,
    });
    types.next()
}

fn bound_name(bound: &TypeParamBound) -> Option<String> {
    match bound {
        TypeParamBound::Trait(bound) => Some(bound.path.segments.last()?.ident.to_string()),
        _ => None,
    }
}

fn type_name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => Some(path.path.segments.last()?.ident.to_string()),
        _ => None,
    }
}

/// The type that implements a trait, if the item says so.
fn implementor(item: &Item, trait_name: &str) -> Option<String> {
    let Item::Impl(item) = item else { return None };
    let (_, path, _) = item.trait_.as_ref()?;
    let is_it = path.segments.last()?.ident == trait_name;
    is_it.then(|| type_name(&item.self_ty)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "
        pub trait DeviceContext {}
        pub struct Normal;
        impl DeviceContext for Normal {}
        pub struct Init;
        impl Sealed for Init {}
        impl DeviceContext for Init {}
        pub struct Device<T: drm::Driver, C: DeviceContext = Normal>(T, C);
    ";

    fn subject(name: &str, contexts: &[&str]) -> (Manifest, Recognition) {
        let text = format!(
            "name = {name:?}\n[kernel]\nfile = 'device.rs'\nhelpers = 'helpers'\n\
             trait = 'DeviceContext'\ndefault = 'Normal'\ncontexts = {contexts:?}"
        );
        let manifest: Manifest = toml::from_str(&text).expect("the manifest is right");
        let kernel = manifest.kernel.clone();
        (manifest, kernel.expect("it has a kernel"))
    }

    #[test]
    fn contexts_are_what_implements_the_trait_of_the_parameter() {
        let declared = Surroundings::parse(TEXT).expect("there is a device");
        assert_eq!(
            declared,
            subject("any", &["Normal", "Init"]).1.surroundings()
        );
    }

    #[test]
    fn a_device_without_a_context_has_no_generation() {
        assert_eq!(Surroundings::parse("pub struct Device<T>(T);"), None);
        assert_eq!(Surroundings::parse("not Rust"), None);
    }

    #[test]
    fn an_unknown_generation_is_a_difference_to_the_nearest() {
        let declared = Surroundings::parse(TEXT).expect("there is a device");
        let known = [
            subject("far", &["A", "B", "C"]),
            subject("near", &["Normal", "Ioctl"]),
        ];
        let said = unlike(&declared, &known).to_string();
        assert!(said.contains("nearest is near: +Init, -Ioctl"), "{said}");
        assert!(said.contains("--generation near"));
    }
}
