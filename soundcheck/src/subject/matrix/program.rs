//! The programs that a contract expands to: ordinary case files.
//!
//! Owns their header and imports, and how case and twin are put into one file.
//! Layout is rustfmt's business, where people read it.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::ground::problem::Problem;
use crate::subject::matrix::cell::Cell;
use crate::subject::matrix::cell::Verdict;
use crate::subject::matrix::gap::Gap;
use crate::subject::matrix::live;
use crate::subject::matrix::operation::Takes;
use crate::subject::matrix::running::Execution;
use crate::subject::matrix::schema::Contract;
use crate::subject::matrix::side::Side;

/// The width of a line of comment.
const WIDTH: usize = 100;

/// A program of the matrix.
#[derive(Clone, Debug)]
pub struct Program {
    /// The id of its case.
    pub id: String,
    /// Whether it must compile.
    pub is_allowed: bool,
    /// Its text.
    pub text: String,
}

impl Program {
    /// Writes the program of a cell.
    ///
    /// # Errors
    ///
    /// The contract says too little about it.
    pub fn of(contract: &Contract, cell: &Cell<'_>) -> Result<Self, Problem> {
        let text = text(contract, cell).map_err(|gap| gap.problem(&contract.sources))?;
        Ok(Self {
            id: cell.id(),
            is_allowed: cell.is_allowed(),
            text,
        })
    }
}

/// Expands a contract into cells.
///
/// # Errors
///
/// A cell that the contract says too little about.
pub fn cells(contract: &Contract) -> Result<Vec<Cell<'_>>, Problem> {
    let cells = contract.cells();
    cells.map_err(|gap| gap.problem(&contract.sources))
}

/// Expands a contract into programs that speak about a generation.
///
/// # Errors
///
/// A cell that the contract says too little about.
pub fn programs(contract: &Contract) -> Result<Vec<Program>, Problem> {
    let cells = cells(contract)?;
    let programs = cells.par_iter().map(|cell| Program::of(contract, cell));
    programs.collect()
}

fn text(contract: &Contract, cell: &Cell<'_>) -> Result<String, Gap> {
    let operation = match cell.runs() {
        true => &live::operation(cell.operation),
        false => cell.operation,
    };
    let case = Side::new(contract, operation, cell.state, cell.route);
    let (case_items, twin_items, main) = match cell.verdict {
        Verdict::Allowed(Execution::Runs) => (case.items(None)?, None, live::main(contract, cell)),
        Verdict::Allowed(Execution::Idle(_)) => (case.items(None)?, None, case.instance()),
        Verdict::Forbidden {
            error,
            twin,
            twin_route,
        } => {
            let twin = Side::new(contract, operation, twin, twin_route);
            let empty = "fn main() {}\n".to_owned();
            (case.items(Some(error))?, Some(twin.items(None)?), empty)
        }
    };
    let mut text = header(contract, cell);
    let named = code(&case_items) + "\n" + &main;
    let twin_named = twin_items.as_deref().map(code);
    text.push_str(&imports(contract, &named, twin_named.as_deref()));
    text.push('\n');
    text.push_str(&join(&case_items, twin_items.as_deref()));
    text.push_str(&main);
    Ok(text)
}

fn header(contract: &Contract, cell: &Cell<'_>) -> String {
    let Cell {
        operation,
        state,
        route,
        ..
    } = cell;
    let link = match operation.takes {
        Takes::Borrowed | Takes::Owned => "of",
        Takes::Source => "taken for",
        Takes::Signature => "with",
    };
    let by = match route.by.as_str() {
        "" => String::new(),
        by => format!(", {by},"),
    };
    let act = format!("{} {link} {}{by}", operation.does, state.of);
    let sentence = match cell.is_allowed() {
        true => format!("{act} is allowed."),
        false => format!("{act} is refused: {}.", operation.why),
    };
    let claim = operation.claim_in(state.name());
    let runs = live::directive(cell);
    let generation = contract.generation_name();
    let generation = generation.map_or(String::new(), |name| format!("//@ generations: {name}\n"));
    format!(
        "{}//@ claim: {claim}\n{generation}{runs}",
        comment(&sentence)
    )
}

/// A text as lines of `//!`.
fn comment(text: &str) -> String {
    let options = textwrap::Options::new(WIDTH)
        .initial_indent("//! ")
        .subsequent_indent("//! ")
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::fill(text, options) + "\n"
}

/// The imports that the items need, each for the side that needs it.
fn imports(contract: &Contract, case: &str, twin: Option<&str>) -> String {
    let mut text = String::new();
    for import in &contract.imports {
        let word = import.rsplit("::").next().unwrap_or(import);
        let twin = twin.map(|twin| mentions(twin, word));
        let attribute = match (mentions(case, word), twin) {
            (false, None | Some(false)) => continue,
            (true, Some(false)) => "#[cfg(not(twin))]\n",
            (false, Some(true)) => "#[cfg(twin)]\n",
            (true, None | Some(true)) => "",
        };
        text.push_str(&format!("{attribute}use {import};\n"));
    }
    text
}

/// Items without what is said in comments.
fn code(items: &[String]) -> String {
    let lines = items.iter().flat_map(|item| item.lines());
    let code = lines.map(|line| line.split("//").next().unwrap_or_default());
    code.collect::<Vec<_>>().join("\n")
}

/// Whether code has a word that is not the end of a path or part of a name.
fn mentions(code: &str, word: &str) -> bool {
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    let is_module = word.starts_with(|first: char| first.is_lowercase());
    code.match_indices(word).any(|(at, _)| {
        let (before, after) = (&code[..at], &code[at + word.len()..]);
        let free = !before.ends_with(|last: char| is_name(last) || last == '.');
        let whole = !after.starts_with(is_name);
        free && whole && !before.ends_with("::") && (!is_module || after.starts_with("::"))
    })
}

/// Case and twin in one file: what they share once, the rest under its `cfg`.
fn join(case: &[String], twin: Option<&[String]>) -> String {
    let Some(twin) = twin else {
        return case.join("\n\n") + "\n\n";
    };
    let shared: BTreeSet<&String> = case.iter().filter(|item| twin.contains(item)).collect();
    let mut text = String::new();
    for item in case {
        if !shared.contains(item) {
            text.push_str("#[cfg(not(twin))]\n");
        }
        text.push_str(&format!("{item}\n\n"));
    }
    for item in twin.iter().filter(|item| !shared.contains(item)) {
        text.push_str(&format!("#[cfg(twin)]\n{item}\n\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_and_first_words_need_an_import() {
        assert!(mentions("fn f(dev: &drm::Device) {}", "drm"));
        assert!(!mentions("fn f(dev: &kernel::drm::Device) {}", "drm"));
        assert!(!mentions("fn f(drm: u8) {}", "drm"));
        assert!(mentions("x: &ARef<u8>", "ARef"));
        let items = ["x: &MyARef<u8> // ARef".to_owned()];
        assert!(!mentions(&code(&items), "ARef"));
    }

    #[test]
    fn what_both_sides_share_is_written_once() {
        let items = |texts: &[&str]| {
            texts
                .iter()
                .map(|text| (*text).to_owned())
                .collect::<Vec<_>>()
        };
        let text = join(&items(&["s", "a"]), Some(&items(&["s", "b"])));
        assert_eq!(text, "s\n\n#[cfg(not(twin))]\na\n\n#[cfg(twin)]\nb\n\n");
    }

    #[test]
    fn comments_are_wrapped() {
        let text = comment(&"word ".repeat(40));
        assert!(text
            .lines()
            .all(|line| line.len() <= WIDTH && line.starts_with("//! ")));
        assert_eq!(text.matches("word").count(), 40);
    }
}
