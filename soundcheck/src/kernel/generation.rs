//! Which generation of the API a tree has, by the contexts that it declares.
//!
//! Owns the `[generation]` table of the contracts and the comparison. A tree
//! that fits none is named with its difference to the nearest, and not guessed.

use std::collections::BTreeSet;
use std::fs;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use serde::Deserialize;
use syn::GenericParam;
use syn::Item;
use syn::Type;
use syn::TypeParam;
use syn::TypeParamBound;

use super::Tree;
use crate::problem::InputError;
use crate::problem::Problem;

/// The folder of the contracts, below the root of the workspace.
const CONTRACTS: &str = "contracts";

/// The file of a tree that declares the contexts.
const DEVICE: &str = "rust/kernel/drm/device.rs";

/// A generation of the API that there is a contract for.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Generation {
    /// The name that cases use.
    pub name: String,
    /// What its trees declare.
    #[serde(flatten)]
    pub surroundings: Surroundings,
    /// The folder of the helpers that its cases share, below the root.
    pub helpers: Utf8PathBuf,
    /// The file of the contract, below the root.
    #[serde(skip)]
    pub contract: Utf8PathBuf,
}

/// What a tree declares about the contexts of a device.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
pub struct Surroundings {
    /// The trait that contexts implement.
    #[serde(rename = "trait")]
    pub trait_name: String,
    /// The context that a device has if none is written.
    pub default: String,
    /// All contexts.
    pub contexts: BTreeSet<String>,
}

#[derive(Deserialize)]
struct File {
    generation: Option<Generation>,
}

impl Generation {
    /// All generations of real kernels that the workspace has contracts for.
    ///
    /// # Errors
    ///
    /// A contract whose `[generation]` cannot be read.
    pub fn all(root: &Utf8Path) -> Result<Vec<Self>, InputError> {
        let mut known = Vec::new();
        let folder = root.join(CONTRACTS).read_dir_utf8();
        for entry in folder.into_iter().flatten().flatten() {
            if entry.path().extension() == Some("toml") {
                let path = Utf8Path::new(CONTRACTS).join(entry.file_name());
                known.extend(read(root, path).map_err(InputError::one)?);
            }
        }
        known.sort_by(|one: &Self, other| one.name.cmp(&other.name));
        Ok(known)
    }

    /// The generation of a tree, or the one with a name if it is given.
    ///
    /// # Errors
    ///
    /// No contract fits.
    pub fn of(root: &Utf8Path, tree: &Tree, name: Option<&str>) -> Result<Self, InputError> {
        let known = Self::all(root)?;
        if let Some(name) = name {
            let found = known.iter().find(|generation| generation.name == name);
            return found.cloned().ok_or_else(|| unknown_name(name, &known));
        }
        let declared = Surroundings::of(tree)?;
        let mut fitting = known.iter().filter(|known| known.surroundings == declared);
        let found = fitting.next().cloned();
        found.ok_or_else(|| unknown(&declared, &known))
    }
}

fn read(root: &Utf8Path, path: Utf8PathBuf) -> Result<Option<Generation>, Problem> {
    let wrong = |what: String| {
        let next = "give [generation] a name, trait, default, contexts and helpers";
        Problem::new(what.replace('\n', " "), next).in_file(&path)
    };
    let text = fs::read_to_string(root.join(&path)).map_err(|error| wrong(error.to_string()))?;
    let file: File = toml::from_str(&text).map_err(|error| wrong(error.message().to_owned()))?;
    let contract = path.clone();
    Ok(file.generation.map(|generation| Generation {
        contract,
        ..generation
    }))
}

impl Surroundings {
    /// Reads what a tree declares.
    ///
    /// # Errors
    ///
    /// The tree has no DRM device whose type has a context.
    pub fn of(tree: &Tree) -> Result<Self, InputError> {
        let path = tree.source().join(DEVICE);
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

fn unknown(declared: &Surroundings, known: &[Generation]) -> InputError {
    let described = declared.describe();
    let distance = |generation: &&Generation| declared.distance(&generation.surroundings);
    let Some(nearest) = known.iter().min_by_key(distance) else {
        let what = format!("there is no contract for {described}");
        let next = "write contracts/NAME.toml with a [generation]";
        return InputError::one(Problem::new(what, next));
    };
    let name = &nearest.name;
    let difference = declared.difference(&nearest.surroundings);
    let what = format!("no contract for {described}; the nearest is {name}: {difference}");
    let next = format!("write a contract for it, or say --generation {name} to judge it as that");
    InputError::one(Problem::new(what, next))
}

fn unknown_name(name: &str, known: &[Generation]) -> InputError {
    let names: Vec<&str> = known.iter().map(|known| known.name.as_str()).collect();
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

    fn generation(name: &str, contexts: &[&str]) -> Generation {
        Generation {
            name: name.to_owned(),
            surroundings: Surroundings {
                trait_name: "DeviceContext".to_owned(),
                default: "Normal".to_owned(),
                contexts: contexts.iter().map(|name| (*name).to_owned()).collect(),
            },
            helpers: Utf8PathBuf::new(),
            contract: Utf8PathBuf::new(),
        }
    }

    #[test]
    fn contexts_are_what_implements_the_trait_of_the_parameter() {
        let declared = Surroundings::parse(TEXT).expect("there is a device");
        assert_eq!(
            declared,
            generation("any", &["Normal", "Init"]).surroundings
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
            generation("far", &["A", "B", "C"]),
            generation("near", &["Normal", "Ioctl"]),
        ];
        let said = unknown(&declared, &known).to_string();
        assert!(said.contains("nearest is near: +Init, -Ioctl"), "{said}");
        assert!(said.contains("--generation near"));
    }
}
