//! What can be wrong with a contract that can be read.
//!
//! Owns the rules between its tables: names that are not there, names given
//! twice, contexts out of order, and permissions that a weaker context has and
//! a stronger one lacks.

use std::collections::BTreeSet;

use toml::Spanned;

use super::schema::has;
use super::schema::Contract;
use super::schema::Expected;
use super::schema::Operation;
use super::schema::Route;
use super::schema::State;
use super::template;
use crate::ground::problem::did_you_mean;
use crate::judge::claim::Claims;
use crate::judge::directive;
use crate::judge::reason;

/// A mistake at a byte of the file.
#[derive(Debug)]
pub struct Fault {
    /// The byte.
    pub at: usize,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub next: &'static str,
}

/// The sets of routes, which can be named like routes.
pub const SETS: &[&str] = &["basic", "full"];

const DECLARE: &str = "declare it in this file, or correct the name";

const MAKE: &str = "say in `make` how a program comes to call `case`, or in `idle` why none can";

/// Every mistake of a contract.
pub fn faults(contract: &Contract, claims: &Claims) -> Vec<Fault> {
    let mut check = Check {
        contract,
        claims: claims.keys().map(String::as_str).collect(),
        states: contract.states.iter().map(State::name).collect(),
        routes: contract.routes.iter().map(Route::name).collect(),
        faults: Vec::new(),
    };
    check.contexts();
    check.states();
    check.operations();
    check.routes();
    check.faults
}

struct Check<'a> {
    contract: &'a Contract,
    claims: Vec<&'a str>,
    states: Vec<&'a str>,
    routes: Vec<&'a str>,
    faults: Vec<Fault>,
}

impl<'a> Check<'a> {
    fn fault(&mut self, name: &Spanned<String>, what: String, next: &'static str) {
        let at = name.span().start;
        self.faults.push(Fault { at, what, next });
    }

    /// Requires that every name is one of `known`.
    fn known<'n>(
        &mut self,
        kind: &str,
        known: &[&str],
        names: impl IntoIterator<Item = &'n Spanned<String>>,
    ) {
        for name in names {
            let word = name.get_ref().as_str();
            if !known.contains(&word) {
                let hint = did_you_mean(word, known.iter().copied());
                self.fault(name, format!("unknown {kind} `{word}`{hint}"), DECLARE);
            }
        }
    }

    fn known_states<'n>(&mut self, names: impl IntoIterator<Item = &'n Spanned<String>>) {
        let states = self.states.clone();
        self.known("state", &states, names);
    }

    fn known_routes<'n>(&mut self, names: impl IntoIterator<Item = &'n Spanned<String>>) {
        let routes = self.routes.clone();
        self.known("route", &routes, names);
    }

    /// Requires that the claims exist.
    fn known_claims<'n>(&mut self, names: impl IntoIterator<Item = &'n Spanned<String>>) {
        if !self.claims.is_empty() {
            let claims = self.claims.clone();
            self.known("claim", &claims, names);
        }
    }

    /// Requires names that make an id, each once.
    fn unique(&mut self, kind: &str, names: impl Iterator<Item = &'a Spanned<String>>) {
        let mut seen = BTreeSet::new();
        for name in names {
            let word = name.get_ref().as_str();
            let is_id =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            let is_id = !word.is_empty() && word.bytes().all(is_id);
            if kind != "context" && !is_id {
                let what = format!("{kind} `{word}` is not kebab-case");
                self.fault(name, what, "use small letters, digits and hyphens");
            }
            if !seen.insert(word) {
                let what = format!("{kind} `{word}` is declared twice");
                self.fault(name, what, "rename one of them");
            }
        }
    }

    fn contexts(&mut self) {
        let contexts = &self.contract.contexts;
        self.unique("context", contexts.iter().map(|context| &context.name));
        let names: Vec<&str> = contexts.iter().map(|context| context.name()).collect();
        for (place, context) in contexts.iter().enumerate() {
            self.known("context", &names, &context.weakens_to);
            let later = |name: &&Spanned<String>| names[place..].contains(&name.get_ref().as_str());
            for name in context.weakens_to.iter().filter(later) {
                let (from, to) = (context.name(), name.get_ref());
                let what = format!("`{from}` weakens to `{to}`, which is not declared before it");
                self.fault(name, what, "order the contexts, the least known first");
            }
        }
    }

    fn states(&mut self) {
        let contract = self.contract;
        self.unique("state", contract.states.iter().map(|state| &state.name));
        let contexts: Vec<&str> = contract.contexts.iter().map(|known| known.name()).collect();
        for state in &contract.states {
            self.known("context", &contexts, &state.context);
            self.known_states(state.derefs.iter().map(|deref| &deref.to));
            self.known_states(state.near.iter().chain(&state.before));
            self.known_routes(&state.without);
            self.undecided(state);
            self.placeholders(&state.name, &state.ty, &["T"]);
            if state.before.is_some() != state.error.is_some() {
                let what = format!("state `{}` needs both `before` and `error`", state.name());
                self.fault(
                    &state.name,
                    what,
                    "say what it was, and the error when it is used",
                );
            }
            if let Some(error) = &state.error {
                self.mark(error);
            }
            self.runs_state(state);
        }
    }

    /// Programs run from a state, or there is a reason why not.
    fn runs_state(&mut self, state: &State) {
        self.makes(&state.make);
        self.reasons(&state.idle);
        self.stands_for(state);
        let is_made = !state.make.is_empty() || !state.stands_for.is_empty();
        let may_wait = !is_made && !state.undecided.is_empty();
        if is_made == state.idle.is_some() && !may_wait {
            let what = format!("state `{}` needs either `make` or `idle`", state.name());
            self.fault(&state.name, what, MAKE);
        }
    }

    /// A state stands for those that have a way to them, and a state for any
    /// context for all of these that have a context.
    fn stands_for(&mut self, state: &State) {
        self.known_states(&state.stands_for);
        for other in &self.contract.states {
            let is_made = !other.make.is_empty();
            let is_wanted = is_made && state.parameter.is_some() && other.context.is_some();
            let what = match (
                has(&state.stands_for, other.name()),
                state.stands_for.first(),
            ) {
                (true, _) if !is_made => "has no `make` to stand for",
                (false, Some(_)) if is_wanted => "is one of those it must stand for",
                _ => continue,
            };
            let what = format!("state `{}`: `{}` {what}", state.name(), other.name());
            self.fault(&state.name, what, "name all contexts that have a `make`");
        }
    }

    /// Programs of an operation run, or there is a reason why not.
    fn runs_operation(&mut self, operation: &Operation) {
        self.makes(&operation.make);
        self.reasons(&operation.no_replay);
        self.reasons(operation.idle.iter().map(|idle| &idle.why));
        self.known_states(operation.idle.iter().flat_map(|idle| &idle.states));
        self.known_routes(operation.idle.iter().flat_map(|idle| &idle.routes));
        let name = operation.name();
        let is_idle = operation
            .idle
            .iter()
            .any(|idle| idle.states.is_empty() && idle.routes.is_empty());
        if !operation.takes.is_device() && operation.make.is_empty() && !is_idle {
            let what = format!("operation `{name}` needs either `make` or `idle`");
            self.fault(&operation.name, what, MAKE);
        }
        if !operation.is_concrete() && !is_idle {
            let what = format!("operation `{name}` cannot run: nothing says with which types");
            self.fault(&operation.name, what, "add `instance` or `live.driver`");
        }
    }

    fn makes(&mut self, makes: &[Spanned<String>]) {
        for make in makes {
            self.placeholders(make, make.get_ref(), &["D", "case"]);
        }
    }

    /// A reason is more than a word.
    fn reasons<'n>(&mut self, reasons: impl IntoIterator<Item = &'n Spanned<String>>) {
        for reason in reasons {
            let is_line = !reason.get_ref().contains('\n');
            if !is_line || reason.get_ref().split_whitespace().count() < 2 {
                self.fault(reason, "is no reason".to_owned(), "say why in one line");
            }
        }
    }

    /// What is undecided is an operation, and not decided elsewhere.
    fn undecided(&mut self, state: &State) {
        let contract = self.contract;
        let operations: Vec<&str> = contract.operations.iter().map(Operation::name).collect();
        self.known("operation", &operations, &state.undecided);
        for name in &state.undecided {
            let mut named = contract.operations.iter();
            let operation = named.find(|operation| operation.name() == name.get_ref());
            let is_decided = |known: &Operation| {
                known.allows(state.name()) || known.absent(state.name()).is_some()
            };
            if operation.is_some_and(is_decided) {
                let what = format!("`{}` is decided for `{}`", name.get_ref(), state.name());
                self.fault(name, what, "take it off this list");
            }
        }
    }

    fn operations(&mut self) {
        let contract = self.contract;
        self.unique(
            "operation",
            contract.operations.iter().map(|operation| &operation.name),
        );
        for operation in &contract.operations {
            self.known_states(&operation.allowed);
            self.known_states(&operation.home);
            self.known_states(operation.absent.iter().map(|absent| &absent.state));
            self.known_claims(operation.claims.iter().map(|own| &own.claim));
            self.known_claims([&operation.claim]);
            self.known_states(operation.claims.iter().flat_map(|claim| &claim.states));
            self.known_states(operation.unreached.iter().flat_map(|one| &one.states));
            self.known_routes(operation.unreached.iter().flat_map(|one| &one.only));
            self.known_routes(operation.natural.iter().chain(&operation.without));
            let wanted: Vec<&str> = self.routes.iter().chain(SETS).copied().collect();
            self.known("route", &wanted, &operation.routes);
            self.errors(&operation.errors);
            self.placeholders(
                &operation.name,
                &operation.fragment,
                template::FRAGMENT_NAMES,
            );
            let path = operation.path.as_deref().unwrap_or_default();
            self.placeholders(&operation.name, path, template::PATH_NAMES);
            self.permissions(operation);
            self.runs_operation(operation);
        }
    }

    /// A stronger context may do what a weaker one may.
    fn permissions(&mut self, operation: &Operation) {
        for absent in &operation.absent {
            if operation.allows(absent.state.get_ref()) {
                let what = format!("`{}` is both allowed and absent", absent.state.get_ref());
                self.fault(&absent.state, what, "decide for one of them");
            }
        }
        if !operation.inherited || !operation.takes.is_device() {
            return;
        }
        for allowed in &operation.allowed {
            for stronger in stronger(self.contract, allowed.get_ref()) {
                let (name, weaker) = (stronger.name(), allowed.get_ref());
                let is_open = has(&stronger.undecided, operation.name());
                if !operation.allows(name) && operation.absent(name).is_none() && !is_open {
                    let what = format!(
                        "`{}` is allowed in `{weaker}`, but not in `{name}`, which weakens to it",
                        operation.name(),
                    );
                    self.fault(
                        allowed,
                        what,
                        "allow it there too, or say in `absent` why not",
                    );
                }
            }
        }
    }

    fn routes(&mut self) {
        let contract = self.contract;
        self.unique("route", contract.routes.iter().map(|route| &route.name));
        for route in &contract.routes {
            self.known_states(&route.states);
            self.errors(&route.errors);
            self.reasons(&route.idle);
            self.placeholders(&route.name, &route.pass, &["dev"]);
            self.placeholders(&route.text, route.text.get_ref(), template::ROUTE_NAMES);
            if !route.set.is_empty() && !SETS.contains(&route.set.as_str()) {
                let what = format!("unknown set of routes `{}`", route.set);
                self.fault(&route.name, what, "sets are `basic` and `full`");
            }
            if !route.text.get_ref().contains("//~ ") {
                let what = format!("route `{}` marks no line", route.name());
                self.fault(
                    &route.text,
                    what,
                    "mark lines with `//~ use` and `//~ given`",
                );
            }
        }
    }

    fn errors(&mut self, errors: &[Expected]) {
        for expected in errors {
            self.known_states(&expected.states);
            self.known_routes(&expected.routes);
            self.mark(&expected.is);
            expected.also.iter().for_each(|also| self.mark(also));
        }
    }

    /// An error is written as after `//~`.
    fn mark(&mut self, error: &Spanned<String>) {
        let header = directive::parse(&format!("x //~ {}", error.get_ref()));
        if let Some((_, fault)) = header.faults.first() {
            self.fault(error, fault.clone(), "write it as after `//~`: E0277 words");
        }
        let code = error.get_ref().split(' ').next().unwrap_or_default();
        if reason::is_error_code(code) && reason::is_broken_test(code) {
            let what = format!("{code} says that a test is broken, and proves nothing");
            self.fault(error, what, "expect a reason of the API");
        }
    }

    fn placeholders(&mut self, at: &Spanned<String>, text: &str, known: &[&str]) {
        for name in template::names(text) {
            if !known.contains(&name) {
                let hint = did_you_mean(name, known.iter().copied());
                let what = format!("unknown placeholder `@{name}`{hint}");
                self.fault(at, what, "the comment at the top of the file lists them");
            }
        }
    }
}

/// The states whose context derefs to that of a state, at once or by others.
fn stronger<'a>(contract: &'a Contract, state: &str) -> Vec<&'a State> {
    let weaker = contract
        .state(state)
        .and_then(|state| state.context.as_ref());
    let Some(weaker) = weaker.map(Spanned::get_ref) else {
        return Vec::new();
    };
    let mut found = vec![weaker.as_str()];
    // A context is declared after those that it weakens to.
    for context in &contract.contexts {
        if found.iter().any(|weaker| has(&context.weakens_to, weaker)) {
            found.push(context.name());
        }
    }
    let is_stronger = |state: &&State| {
        let own = state.context.as_ref().map(|own| own.get_ref().as_str());
        own.is_some_and(|own| found[1..].contains(&own))
    };
    contract.states.iter().filter(is_stronger).collect()
}
