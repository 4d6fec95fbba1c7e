//! What a driver that did not compile lacks: the items that it names and the API does not have.
//!
//! Works on the diagnostics of one rustc. Names that the driver itself would have had, if a macro or
//! a module had not been missing, are consequences and not counted as items.

use std::collections::BTreeSet;
use std::fmt;

use camino::Utf8Path;
use walkdir::WalkDir;

use crate::ground::diagnostic::Diagnostic;

/// What the errors of one driver come to.
///
/// rustc stops early when names are missing, so there may be more to find once these are there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// Paths of what is missing, each once, in order.
    pub items: Vec<String>,
    /// How many errors are about names that the driver would have defined itself.
    pub consequences: usize,
    /// The headlines of the other errors, each once.
    pub others: Vec<String>,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.items[..] {
            [] => write!(f, "no item missing")?,
            [item] => write!(f, "1 item missing: {item}")?,
            items => write!(f, "{} items missing: {}", items.len(), items.join(", "))?,
        }
        match self.consequences {
            0 => {}
            1 => write!(f, "; 1 error about a name that depends on others")?,
            n => write!(f, "; {n} errors about names that depend on others")?,
        }
        for other in &self.others {
            write!(f, "; {other}")?;
        }
        Ok(())
    }
}

/// Sorts the errors of a driver whose own modules are `own`.
pub fn missing(errors: &[Diagnostic], own: &BTreeSet<String>) -> Missing {
    let mut items = BTreeSet::new();
    let mut others = BTreeSet::new();
    let mut consequences = 0;
    for error in errors {
        let (inner, outer): (Vec<_>, Vec<_>) = named(&error.message)
            .into_iter()
            .partition(|path| is_own(path, own));
        if inner.is_empty() && outer.is_empty() {
            others.insert(error.headline());
        } else if outer.is_empty() {
            consequences += 1;
        }
        items.extend(outer);
    }
    let items = items.iter().filter(|path| !is_tail(path, &items));
    Missing {
        items: items.cloned().collect(),
        consequences,
        others: others.into_iter().collect(),
    }
}

/// The names of all modules in the sources of the driver whose root file is `root`.
pub fn own_modules(root: &Utf8Path) -> BTreeSet<String> {
    let folder = root.parent().unwrap_or(root);
    let files = WalkDir::new(folder).into_iter().flatten();
    let sources = files.filter(|file| file.path().extension().is_some_and(|ext| ext == "rs"));
    sources
        .filter_map(|file| std::fs::read_to_string(file.path()).ok())
        .flat_map(|text| modules(&text))
        .collect()
}

/// The modules that a file declares, or has.
fn modules(text: &str) -> Vec<String> {
    let names = text.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        let is_visibility = |word: &str| word.starts_with("pub");
        let first = words.find(|word| !is_visibility(word))?;
        let name = (first == "mod").then(|| words.next()).flatten()?;
        Some(name.trim_end_matches([';', '{']).to_owned())
    });
    names.collect()
}

/// The paths that an error says are missing; a lone name stands for something in the driver's own
/// scope, and is written as `self::name`.
fn named(message: &str) -> Vec<String> {
    let parts: Vec<&str> = message.split('`').collect();
    match &parts[..] {
        [start, ..] if start.starts_with("unresolved import") => {
            let quoted = parts.iter().skip(1).step_by(2);
            quoted.map(|path| (*path).to_owned()).collect()
        }
        [_, name, relation, place, ..] if is_member(relation) => vec![format!("{place}::{name}")],
        ["cannot find macro ", name, " in this scope", ..] => vec![format!("{name}!")],
        [start, name, ..] if start.contains("crate ") => vec![(*name).to_owned()],
        [start, name, ..] if is_lookup(start) => vec![format!("self::{name}")],
        _ => Vec::new(),
    }
}

/// Whether the words between two names say that the first is not found in the second.
fn is_member(words: &str) -> bool {
    let words = words.trim();
    words == "in"
        || words.starts_with("in ") && words != "in this scope"
        || words.ends_with("of trait")
}

fn is_lookup(words: &str) -> bool {
    words.starts_with("cannot find ") || words.contains("use of undeclared ")
}

/// Whether a path begins in the driver.
fn is_own(path: &str, own: &BTreeSet<String>) -> bool {
    let first = path.split("::").next().unwrap_or_default();
    let is_inner = path.contains("::") && own.contains(first);
    is_inner || ["crate", "self", "super", "Self"].contains(&first)
}

/// Whether a path is the end of a longer one, which names the same thing in full.
fn is_tail(path: &str, paths: &BTreeSet<String>) -> bool {
    let tail = format!("::{path}");
    paths.iter().any(|longer| longer.ends_with(&tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(messages: &[&str]) -> Missing {
        let error = |message: &&str| Diagnostic {
            message: (*message).to_owned(),
            code: Some("E0308".to_owned()),
            ..Diagnostic::default()
        };
        let errors: Vec<_> = messages.iter().map(error).collect();
        let own = BTreeSet::from(["gem".to_owned(), "regs".to_owned()]);
        missing(&errors, &own)
    }

    #[test]
    fn imports_are_items_each_once() {
        let missing = sorted(&[
            "unresolved import `kernel::dma`",
            "unresolved imports `kernel::num`, `kernel::dma`, `kernel::str::CString`",
            "unresolved import `kernel::num`",
            "unresolved import `pin_init`",
        ]);
        let expected = [
            "kernel::dma",
            "kernel::num",
            "kernel::str::CString",
            "pin_init",
        ];
        assert_eq!(missing.items, expected);
        assert_eq!((missing.consequences, missing.others.len()), (0, 0));
    }

    #[test]
    fn paths_in_expressions_are_items() {
        let missing = sorted(&[
            "cannot find `iommu` in `kernel`",
            "failed to resolve: could not find `iommu` in `kernel`",
            "cannot find value `DRM_X` in module `uapi`",
            "cannot find function `page_align` in crate `kernel`",
            "cannot find module or crate `pin_init` in this scope",
            "failed to resolve: use of unresolved module or unlinked crate `pin_init`",
            "cannot find macro `dev_warn_once` in this scope",
            "method `suspend` is not a member of trait `platform::Driver`",
        ]);
        let expected = [
            "dev_warn_once!",
            "kernel::iommu",
            "kernel::page_align",
            "pin_init",
            "platform::Driver::suspend",
            "uapi::DRM_X",
        ];
        assert_eq!(missing.items, expected);
    }

    #[test]
    fn what_the_driver_would_have_had_is_a_consequence() {
        let missing = sorted(&[
            "unresolved imports `crate::vm::VmFlag`, `crate::fw::Section`",
            "cannot find `TRANSCFG` in `regs`",
            "cannot find type `VmFlag` in this scope",
            "failed to resolve: use of undeclared type `VmFlag`",
        ]);
        assert!(missing.items.is_empty());
        assert_eq!(missing.consequences, 4);
    }

    #[test]
    fn the_short_name_of_something_is_left_out() {
        let missing = sorted(&[
            "unresolved import `kernel::drm::gpuvm::UniqueRefGpuVm`",
            "cannot find struct `UniqueRefGpuVm` in module `gpuvm`",
            "cannot find `shmem` in `gem`",
        ]);
        assert_eq!(missing.items, ["kernel::drm::gpuvm::UniqueRefGpuVm"]);
    }

    #[test]
    fn other_errors_are_told_as_they_are() {
        let missing = sorted(&["mismatched types", "mismatched types"]);
        assert_eq!(
            missing.to_string(),
            "no item missing; E0308 mismatched types"
        );
    }

    #[test]
    fn the_sum_is_one_line() {
        let missing = sorted(&[
            "unresolved import `kernel::dma`",
            "unresolved import `kernel::bits`",
            "cannot find type `VmFlag` in this scope",
        ]);
        assert_eq!(
            missing.to_string(),
            "2 items missing: kernel::bits, kernel::dma; \
             1 error about a name that depends on others"
        );
    }

    #[test]
    fn modules_are_found_whatever_their_visibility() {
        let text =
            "mod driver;\npub(crate) mod regs {\n    pub mod gpu {\n// mod old\nmodule! {}\n";
        assert_eq!(modules(text), ["driver", "regs", "gpu"]);
    }
}
