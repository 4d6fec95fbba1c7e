//! One side of a cell, the case or its twin, as items of Rust.
//!
//! Owns what the placeholders of a route stand for, and the marks.

use crate::subject::matrix::cell::Error;
use crate::subject::matrix::gap::Gap;
use crate::subject::matrix::operation::Operation;
use crate::subject::matrix::operation::Takes;
use crate::subject::matrix::schema::Contract;
use crate::subject::matrix::schema::Route;
use crate::subject::matrix::schema::State;
use crate::subject::matrix::template::fill;
use crate::subject::matrix::template::put;

/// One side of a cell.
pub struct Side<'a> {
    contract: &'a Contract,
    operation: &'a Operation,
    state: &'a State,
    home: Option<&'a State>,
    route: &'a Route,
}

impl<'a> Side<'a> {
    /// An operation, tried from a state by a route.
    pub fn new(
        contract: &'a Contract,
        operation: &'a Operation,
        state: &'a State,
        route: &'a Route,
    ) -> Self {
        let home = operation.home.as_deref();
        Self {
            contract,
            operation,
            state,
            home: home.and_then(|home| contract.state(home)),
            route,
        }
    }

    /// The items of the program, with its mark if it must not compile.
    ///
    /// # Errors
    ///
    /// The route does not mark the line of the error.
    pub fn items(&self, error: Option<Error<'_>>) -> Result<Vec<String>, Gap> {
        let mut marked = false;
        let mut lines = Vec::new();
        for line in self.route.text().lines() {
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
            let (route, at) = (self.route.name().to_owned(), error.at.to_owned());
            return Err(Gap::Mark { route, at });
        }
        let helpers = [&self.state.helper, &self.operation.helper];
        let helpers = helpers
            .into_iter()
            .flat_map(|helper| items(&self.typed(helper)));
        Ok(helpers.chain(items(&lines.join("\n"))).collect())
    }

    /// The end of a program that compiles and does not run. Its case is made
    /// concrete there if it can be, so that code is generated for it. A driver
    /// that is declared for programs that run is not there.
    pub fn instance(&self) -> String {
        let operation = self.operation;
        let context = self.contract.context_of(self.state);
        let is_own = operation.driver != "T" || operation.live.driver.is_some();
        match operation.arguments(self.state, context) {
            Some(arguments) if self.route.instance && !is_own => {
                format!("fn main() {{\n    let _ = case{arguments} as *const ();\n}}\n")
            }
            _ => "fn main() {}\n".to_owned(),
        }
    }

    /// A line with its marks. rustfmt would move a comment that follows an open
    /// bracket, so such a line is marked from below, as is one with two errors.
    fn marked(&self, code: String, error: Error<'_>) -> Vec<String> {
        let below = code.ends_with(['{', '(']) || !error.also.is_empty();
        let errors = std::iter::once(error.is).chain(error.also.iter().map(|also| also.as_str()));
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

    /// The words of an error: `@home` is what rustc prints for the state that
    /// would be right, `@state` for the one that is not.
    fn words(&self, error: &str) -> String {
        let quoted = |state: &State| match state.word.contains(' ') {
            true => format!("\"{}\"", state.word),
            false => state.word.clone(),
        };
        fill(error, &|name, _| match name {
            "home" => self.home.map(quoted),
            "state" => Some(quoted(self.state)),
            _ => None,
        })
    }

    /// What a placeholder of the route stands for.
    fn value(&self, name: &str, argument: Option<&str>) -> Option<String> {
        let inner = || {
            fill(argument.unwrap_or("dev"), &|name, argument| {
                self.value(name, argument)
            })
        };
        let (operation, state) = (self.operation, self.state);
        Some(match name {
            // What is done, as a statement, as an expression, and by its function.
            "act" => format!("{}{};", self.keep(), self.fragment(&inner(), &inner())),
            "direct" => format!("{}{};", self.keep(), self.fragment("dev", self.given())),
            "use" => self.fragment(&inner(), &inner()),
            "call" => {
                let (keep, given, rest) = (self.keep(), self.given(), &operation.rest);
                format!("{keep}{}({given}{rest});", inner())
            }
            "path" => put(operation.path.as_deref()?, "path", &inner()),
            // Values.
            "deref" => self.contract.deref(operation, state)?.by.clone(),
            "first" => operation.first.clone(),
            "from" => operation.from.clone(),
            "given" => self.given().to_owned(),
            "param" => format!("dev: {}", self.parameter_type()),
            "setup" => state.setup.clone(),
            // Types.
            "home" => self.value_type(self.home?),
            "hometarget" => self.typed(&self.home?.ty),
            "lent" => format!("&'a {}", self.typed(&state.ty).replace("'_", "'a")),
            "spelled" => self.typed(state.spelled.as_deref()?),
            "target" => self.typed(&state.ty),
            "type" => self.value_type(state),
            // Type parameters and their bounds.
            "bounds" if operation.bounds.is_empty() => String::new(),
            "bounds" => format!(" where {}", operation.bounds),
            "driver" => self.contract.driver_bounds.clone(),
            "generics" => declared(argument.map(str::to_owned), self.parameters(true)),
            "names" => named(&self.parameters(true)),
            "of" => declared(None, self.parameters(false)),
            "ofnames" => named(&self.parameters(false)),
            _ => return None,
        })
    }

    /// A text about the driver.
    fn typed(&self, text: &str) -> String {
        put(text, "T", &self.operation.driver)
    }

    /// The type of what the fragment takes, in a state.
    fn value_type(&self, state: &State) -> String {
        match (self.operation.takes, &state.owned) {
            (Takes::Owned, Some(owned)) => self.typed(owned),
            _ => format!("&{}", self.typed(&state.ty)),
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

    /// The type parameters, with those of the operation if wanted.
    fn parameters(&self, all: bool) -> Vec<String> {
        let driver = self.operation.driver == "T";
        let driver = driver.then(|| format!("T: {}", self.contract.driver_bounds));
        let own = self.operation.parameters.iter().filter(|_| all);
        let state = self.state.parameter.iter();
        driver
            .into_iter()
            .chain(state.chain(own).cloned())
            .collect()
    }
}

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

/// Parameters between angle brackets, or nothing.
fn declared(first: Option<String>, parameters: Vec<String>) -> String {
    let all: Vec<String> = first.into_iter().chain(parameters).collect();
    match all.is_empty() {
        true => String::new(),
        false => format!("<{}>", all.join(", ")),
    }
}

/// The names of parameters, without their bounds.
fn named(parameters: &[String]) -> String {
    let names = parameters.iter().filter_map(|one| one.split(':').next());
    names.collect::<Vec<_>>().join(", ")
}
