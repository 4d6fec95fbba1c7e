//! Which unstable features a kernel tree allows its drivers: the tree's own list,
//! which differs from one release to the next.

use std::fs;

use camino::Utf8Path;

use crate::ground::problem::Problem;

const MAKEFILE: &str = "scripts/Makefile.build";
const VARIABLE: &str = "rust_allowed_features";

/// The features that the sources of a kernel allow its drivers, separated by
/// commas.
///
/// # Errors
///
/// The tree does not say.
pub fn allowed_features(source: &Utf8Path) -> Result<String, Problem> {
    let path = source.join(MAKEFILE);
    let text = fs::read_to_string(&path).unwrap_or_default();
    let next = "give the source tree of a kernel with Rust support";
    let problem = || Problem::new(format!("no `{VARIABLE}` in {path}"), next);
    parse(&text).map(str::to_owned).ok_or_else(problem)
}

fn parse(makefile: &str) -> Option<&str> {
    let mut lines = makefile.lines();
    lines.find_map(|line| {
        let value = line.strip_prefix(VARIABLE)?.trim_start();
        Some(value.strip_prefix(":=")?.trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_read_from_where_it_is_assigned() {
        let makefile = "# rust_allowed_features\nrust_allowed_features := asm_goto,used_with_arg\n\
                        x = -Zallow-features=$(rust_allowed_features)\n";
        assert_eq!(parse(makefile), Some("asm_goto,used_with_arg"));
        assert_eq!(parse("x = $(rust_allowed_features)\n"), None);
    }

    #[test]
    fn a_tree_without_the_list_is_named() {
        let problem = allowed_features(Utf8Path::new("/nowhere")).expect_err("there is no tree");
        assert!(problem.what.contains("/nowhere/scripts/Makefile.build"));
    }
}
