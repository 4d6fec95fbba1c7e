//! The text of a cell: an ordinary case file.
//!
//! Owns what the placeholders stand for, the marks, and how case and twin are
//! put into one file. Layout is rustfmt's business, where people read it.

use std::collections::BTreeSet;

use super::cell::Cell;
use super::cell::Error;
use super::cell::Verdict;
use super::live;
use super::live::Execution;
use super::schema::Contract;
use super::schema::Operation;
use super::schema::Route;
use super::schema::State;
use super::schema::Takes;
use super::template::fill;

/// The width of a line of comment.
const WIDTH: usize = 100;

/// Writes the program of a cell.
///
/// # Errors
///
/// A forbidden cell whose route does not mark the line of its error.
pub fn text(contract: &Contract, cell: &Cell<'_>) -> Result<String, String> {
    let operation = match cell.runs() {
        true => &live::operation(cell.operation),
        false => cell.operation,
    };
    let case = Side::new(contract, operation, cell.state, cell.route);
    let (case_items, twin_items) = match cell.verdict {
        Verdict::Allowed(_) => (case.items(None)?, None),
        Verdict::Forbidden {
            error,
            twin,
            twin_route,
        } => {
            let items = case.items(Some(error))?;
            let twin = Side::new(contract, cell.operation, twin, twin_route);
            (items, Some(twin.items(None)?))
        }
    };
    let main = match cell.verdict {
        Verdict::Allowed(Execution::Runs) => live::main(contract, cell),
        Verdict::Allowed(Execution::Idle(_)) => case.instance(),
        Verdict::Forbidden { .. } => EMPTY.to_owned(),
    };
    let mut text = header(contract, cell);
    let named = [case_items.clone(), vec![main.clone()]].concat();
    text.push_str(&imports(contract, &named, twin_items.as_deref()));
    text.push('\n');
    text.push_str(&join(&case_items, twin_items.as_deref()));
    text.push_str(&main);
    Ok(text)
}

/// One side of a cell: the case or its twin.
struct Side<'a> {
    contract: &'a Contract,
    operation: &'a Operation,
    state: &'a State,
    route: &'a Route,
}

impl<'a> Side<'a> {
    fn new(
        contract: &'a Contract,
        operation: &'a Operation,
        state: &'a State,
        route: &'a Route,
    ) -> Self {
        Self {
            contract,
            operation,
            state,
            route,
        }
    }

    /// The items of the program, with its mark if it must not compile.
    fn items(&self, error: Option<Error<'_>>) -> Result<Vec<String>, String> {
        let mut marked = false;
        let mut lines = Vec::new();
        for line in self.route.text.get_ref().lines() {
            let (pattern, marks) = line.split_once(" //~ ").unwrap_or((line, ""));
            let code = fill(pattern, &|name, argument| self.value(name, argument));
            if code.trim().is_empty() && !pattern.is_empty() {
                continue;
            }
            match error.filter(|error| marks.split(' ').any(|mark| mark == error.at)) {
                Some(error) => {
                    marked = true;
                    lines.extend(self.marked(code, error));
                }
                None => lines.push(code.trim_end().to_owned()),
            }
        }
        if let (Some(error), false) = (error, marked) {
            let (route, at) = (self.route.name(), error.at);
            return Err(format!("route `{route}` marks no line as `{at}`"));
        }
        let helpers = [&self.state.helper, &self.operation.helper];
        let helpers = helpers
            .into_iter()
            .flat_map(|helper| items(&self.typed(helper)));
        Ok(helpers.chain(items(&lines.join("\n"))).collect())
    }

    /// A line with its marks. rustfmt would move a comment that follows an open
    /// bracket, so such a line is marked from below, as is one with two errors.
    fn marked(&self, code: String, error: Error<'_>) -> Vec<String> {
        let below = code.ends_with(['{', '(']) || !error.also.is_empty();
        let errors =
            std::iter::once(error.is).chain(error.also.iter().map(|also| also.get_ref().as_str()));
        let mut lines = vec![code];
        for (index, error) in errors.enumerate() {
            let error = self.words(error);
            match index + usize::from(below) {
                0 => lines[0].push_str(&format!(" //~ {error}")),
                above => lines.push(format!("//~{} {error}", "^".repeat(above))),
            }
        }
        lines
    }

    /// What a placeholder of the route stands for.
    fn value(&self, name: &str, argument: Option<&str>) -> Option<String> {
        let inner = fill(argument.unwrap_or("dev"), &|name, argument| {
            self.value(name, argument)
        });
        let inner = inner.as_str();
        let target = || self.target(self.state);
        Some(match name {
            "act" => format!("{}{};", self.keep(), self.fragment(inner, inner)),
            "use" => self.fragment(inner, inner),
            "direct" => format!("{}{};", self.keep(), self.fragment("dev", self.given())),
            "keep" => self.keep().to_owned(),
            "source" => self.fragment("", ""),
            "bounds" => self.bounds(),
            "deref" => self.deref(),
            "driver" => self.contract.driver_bounds.clone(),
            "elided" => self.path("drm::Device<_, _>"),
            "inferred" => self.path("drm::Device<T, _>"),
            "own" => self.path(&target()),
            "homepath" => self.path(&self.target(self.home()?)),
            "from" => self.operation.from.clone(),
            "first" => self.operation.first.clone(),
            "generics" => angled(&self.parameters(true)),
            "lgenerics" => angled(&[vec!["'a".to_owned()], self.parameters(true)].concat()),
            "of" => angled(&self.parameters(false)),
            "names" => bare(&self.parameters(true)),
            "ofnames" => bare(&self.parameters(false)),
            "given" => self.given().to_owned(),
            "home" => self.value_type(self.home()?),
            "homelent" => format!("&'a {}", self.target(self.home()?)),
            "want" => format!("&{}", target()),
            "wantlent" | "lent" => format!("&'a {}", target().replace("'_", "'a")),
            "param" => format!("dev: {}", self.parameter_type()),
            "rest" => self.operation.rest.clone(),
            "setup" => self.state.setup.clone(),
            "spelled" => self.typed(self.state.spelled.as_deref()?),
            "target" => target(),
            "type" => self.value_type(self.state),
            _ => return None,
        })
    }

    fn typed(&self, text: &str) -> String {
        fill(text, &|name, _| {
            (name == "T").then(|| self.operation.driver.clone())
        })
    }

    fn target(&self, state: &State) -> String {
        self.typed(&state.ty)
    }

    fn home(&self) -> Option<&'a State> {
        self.contract.state(self.operation.home.as_ref()?.get_ref())
    }

    /// The type of what the fragment takes, in a state.
    fn value_type(&self, state: &State) -> String {
        match (self.operation.takes, &state.owned) {
            (Takes::Owned, Some(owned)) => self.typed(owned),
            _ => format!("&{}", self.target(state)),
        }
    }

    /// The type of `dev`, which `setup` takes for good.
    fn parameter_type(&self) -> String {
        match (&self.state.owned, self.state.setup.is_empty()) {
            (Some(owned), false) => self.typed(owned),
            _ => self.value_type(self.state),
        }
    }

    fn given(&self) -> &'static str {
        match self.state.setup.is_empty() || self.operation.takes == Takes::Owned {
            true => "dev",
            false => "&dev",
        }
    }

    fn keep(&self) -> &'static str {
        match self.operation.gives {
            true => "let _ = ",
            false => "",
        }
    }

    fn fragment(&self, receiver: &str, reference: &str) -> String {
        fill(&self.operation.fragment, &|name, _| match name {
            "dev" => Some(receiver.to_owned()),
            "ref" => Some(reference.to_owned()),
            "T" => Some(self.operation.driver.clone()),
            _ => None,
        })
    }

    fn path(&self, of: &str) -> String {
        let path = self.operation.path.as_deref().unwrap_or_default();
        fill(path, &|name, _| (name == "path").then(|| of.to_owned()))
    }

    fn deref(&self) -> String {
        let deref = self.contract.deref(self.operation, self.state);
        deref.map_or(String::new(), |deref| deref.by.clone())
    }

    fn bounds(&self) -> String {
        match self.operation.bounds.as_str() {
            "" => String::new(),
            bounds => format!(" where {bounds}"),
        }
    }

    /// The type parameters, with those of the operation if wanted.
    fn parameters(&self, all: bool) -> Vec<String> {
        let driver = self.operation.driver == "T";
        let driver = driver.then(|| format!("T: {}", self.contract.driver_bounds));
        let own = self.operation.parameters.iter().filter(|_| all);
        driver
            .into_iter()
            .chain(self.state.parameter.clone())
            .chain(own.cloned())
            .collect()
    }

    /// The words of an error: `@home` is what rustc prints for the state that
    /// would be right, `@state` for the one that is not.
    fn words(&self, error: &str) -> String {
        let home = self.operation.home.as_ref();
        let home = home.and_then(|home| self.contract.state(home.get_ref()));
        let quoted = |word: &str| match word.contains(' ') {
            true => format!("\"{word}\""),
            false => word.to_owned(),
        };
        fill(error, &|name, _| match name {
            "home" => home.map(|home| quoted(&home.word)),
            "state" => Some(quoted(&self.state.word)),
            _ => None,
        })
    }

    /// The end of a program that compiles and does not run. Its case is made
    /// concrete there if it can be, so that code is generated for it. A driver
    /// that is declared for programs that run is not there.
    fn instance(&self) -> String {
        let Self {
            operation, state, ..
        } = *self;
        let is_own = operation.driver != "T" || operation.live.driver.is_some();
        match live::arguments(operation, state, self.contract.context_of(state)) {
            Some(arguments) if self.route.instance && !is_own => {
                format!("fn main() {{\n    let _ = case{arguments} as *const ();\n}}\n")
            }
            _ => EMPTY.to_owned(),
        }
    }
}

/// The end of a program that does not run.
const EMPTY: &str = "fn main() {}\n";

/// The items of a text, which empty lines separate. An empty line before an
/// indented one is inside an item.
fn items(text: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    for part in text.split("\n\n").map(|part| part.trim_matches('\n')) {
        match items.last_mut() {
            Some(item) if part.starts_with(' ') => {
                item.push_str("\n\n");
                item.push_str(part);
            }
            _ if part.is_empty() => {}
            _ => items.push(part.to_owned()),
        }
    }
    items
}

fn angled(parameters: &[String]) -> String {
    match parameters {
        [] => String::new(),
        parameters => format!("<{}>", parameters.join(", ")),
    }
}

fn bare(parameters: &[String]) -> String {
    let name = |parameter: &String| parameter.split(':').next().map(str::to_owned);
    let names: Vec<String> = parameters.iter().filter_map(name).collect();
    names.join(", ")
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
    let mut lines = vec!["//!".to_owned()];
    for word in text.split_whitespace() {
        let last = lines.last_mut().expect("there is a first line");
        if last.len() + 1 + word.len() > WIDTH {
            lines.push(format!("//! {word}"));
        } else {
            last.push(' ');
            last.push_str(word);
        }
    }
    lines.join("\n") + "\n"
}

/// The imports that the items need, each for the side that needs it.
fn imports(contract: &Contract, case: &[String], twin: Option<&[String]>) -> String {
    let mut text = String::new();
    for import in &contract.imports {
        let word = import.rsplit("::").next().unwrap_or(import);
        let needs = |items: &[String]| items.iter().any(|item| mentions(item, word));
        let attribute = match (needs(case), twin.map(needs)) {
            (false, None | Some(false)) => continue,
            (true, Some(false)) => "#[cfg(not(twin))]\n",
            (false, Some(true)) => "#[cfg(twin)]\n",
            (true, None | Some(true)) => "",
        };
        text.push_str(&format!("{attribute}use {import};\n"));
    }
    text
}

/// Whether a text has a word that is not the end of a path or part of a name.
fn mentions(text: &str, word: &str) -> bool {
    if !text.contains(word) {
        return false;
    }
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    let is_module = word.starts_with(|first: char| first.is_lowercase());
    let code: Vec<&str> = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect();
    let code = code.join("\n");
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
        assert!(!mentions("x: &MyARef<u8> // ARef", "ARef"));
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
