//! What can be wrong with a contract that can be read.
//!
//! Owns the rules between its tables: names that are not there, names given
//! twice, contexts out of order, and permissions that a weaker context has and
//! a stronger one lacks. Mistakes are sentences, not kinds: nobody acts on them
//! but a reader, and each is made in one place.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::ground::problem::did_you_mean;
use crate::judge::claim::Claims;
use crate::judge::directive;
use crate::judge::reason;
use crate::subject::matrix::name::has;
use crate::subject::matrix::name::Name;
use crate::subject::matrix::operation::Expected;
use crate::subject::matrix::operation::Operation;
use crate::subject::matrix::schema::Context;
use crate::subject::matrix::schema::Contract;
use crate::subject::matrix::schema::Route;
use crate::subject::matrix::schema::Set;
use crate::subject::matrix::schema::State;
use crate::subject::matrix::sources::Fault;
use crate::subject::matrix::template;

const MAKE: &str = "say in `make` how a program comes to call `case`, or in `idle` why none can";

/// Every mistake of a contract. Claims are not checked if none is known.
pub fn faults(contract: &Contract, claims: &Claims) -> Vec<Fault> {
    let routes = || contract.routes.iter().map(Route::name);
    let sets = Set::ALL.map(Set::name);
    let known = BTreeMap::from([
        ("claim", claims.keys().map(String::as_str).collect()),
        (
            "context",
            contract.contexts.iter().map(Context::name).collect(),
        ),
        (
            "operation",
            contract.operations.iter().map(Operation::name).collect(),
        ),
        ("route", routes().collect()),
        ("route or set", routes().chain(sets).collect()),
        ("state", contract.states.iter().map(State::name).collect()),
    ]);
    let mut check = Check {
        contract,
        known,
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
    known: BTreeMap<&'static str, Vec<&'a str>>,
    faults: Vec<Fault>,
}

impl<'a> Check<'a> {
    fn fault(&mut self, name: &Name, what: impl Into<String>, next: &'static str) {
        let (at, what) = (name.at(), what.into());
        self.faults.push(Fault { at, what, next });
    }

    /// Requires that there is a thing of a kind under each name.
    fn known<'n>(&mut self, kind: &str, names: impl IntoIterator<Item = &'n Name>) {
        let known = self.known[kind].clone();
        if kind == "claim" && known.is_empty() {
            return;
        }
        let kind = kind.split(' ').next().unwrap_or(kind);
        for name in names {
            if !known.contains(&name.as_str()) {
                let hint = did_you_mean(name, known.iter().copied());
                let what = format!("unknown {kind} `{name}`{hint}");
                self.fault(name, what, "declare it in this file, or correct the name");
            }
        }
    }

    /// Requires names that make an id, each once.
    fn unique(&mut self, kind: &str, names: impl Iterator<Item = &'a Name>) {
        let mut seen = BTreeSet::new();
        let is_kebab = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
        for name in names {
            let is_id = !name.is_empty() && name.bytes().all(is_kebab);
            if kind != "context" && !is_id {
                let what = format!("{kind} `{name}` is not kebab-case");
                self.fault(name, what, "use small letters, digits and hyphens");
            }
            if !seen.insert(name.as_str()) {
                let what = format!("{kind} `{name}` is declared twice");
                self.fault(name, what, "rename one of them");
            }
        }
    }

    fn contexts(&mut self) {
        let contexts = &self.contract.contexts;
        self.unique("context", contexts.iter().map(|context| &context.name));
        for (place, context) in contexts.iter().enumerate() {
            self.known("context", &context.weakens_to);
            let later = &contexts[place..];
            let is_later = |name: &&Name| later.iter().any(|later| later.name == **name);
            for name in context.weakens_to.iter().filter(is_later) {
                let from = &context.name;
                let what = format!("`{from}` weakens to `{name}`, which is not declared before it");
                self.fault(name, what, "order the contexts, the least known first");
            }
        }
    }

    fn states(&mut self) {
        let contract = self.contract;
        self.unique("state", contract.states.iter().map(|state| &state.name));
        for state in &contract.states {
            self.known("context", &state.context);
            self.known("state", state.derefs.iter().map(|deref| &deref.to));
            self.known("state", state.near.iter().chain(&state.before));
            self.known("route", &state.without);
            self.undecided(state);
            self.placeholders(&state.name, &state.ty, &["T"]);
            if state.before.is_some() != state.error.is_some() {
                let what = format!("state `{}` needs both `before` and `error`", state.name);
                let next = "say what it was, and the error when it is used";
                self.fault(&state.name, what, next);
            }
            self.marks(&state.error);
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
            let what = format!("state `{}` needs either `make` or `idle`", state.name);
            self.fault(&state.name, what, MAKE);
        }
    }

    /// A state stands for those that have a way to them, and a state for any
    /// context for all of these that have a context.
    fn stands_for(&mut self, state: &State) {
        self.known("state", &state.stands_for);
        for other in &self.contract.states {
            let is_made = !other.make.is_empty();
            let is_wanted = is_made && state.parameter.is_some() && other.context.is_some();
            let what = match has(&state.stands_for, &other.name) {
                true if !is_made => "has no `make` to stand for",
                false if is_wanted && !state.stands_for.is_empty() => {
                    "is one of those it must stand for"
                }
                _ => continue,
            };
            let what = format!("state `{}`: `{}` {what}", state.name, other.name);
            self.fault(&state.name, what, "name all contexts that have a `make`");
        }
    }

    fn makes(&mut self, makes: &[Name]) {
        for make in makes {
            self.placeholders(make, make, &["D", "case"]);
        }
    }

    /// A reason is more than a word.
    fn reasons<'n>(&mut self, reasons: impl IntoIterator<Item = &'n Name>) {
        for reason in reasons {
            if reason.contains('\n') || reason.split_whitespace().count() < 2 {
                self.fault(reason, "is no reason", "say why in one line");
            }
        }
    }

    /// What is undecided is an operation, and not decided elsewhere.
    fn undecided(&mut self, state: &State) {
        self.known("operation", &state.undecided);
        for operation in &self.contract.operations {
            let is_decided =
                operation.allows(&state.name) || operation.absent(&state.name).is_some();
            let mut undecided = state.undecided.iter();
            let named = undecided.find(|name| **name == operation.name);
            if let (Some(name), true) = (named, is_decided) {
                let what = format!("`{name}` is decided for `{}`", state.name);
                self.fault(name, what, "take it off this list");
            }
        }
    }

    fn operations(&mut self) {
        let operations = &self.contract.operations;
        self.unique("operation", operations.iter().map(|known| &known.name));
        for operation in operations {
            self.known("state", operation.allowed.iter().chain(&operation.home));
            self.known("state", operation.absent.iter().map(|absent| &absent.state));
            self.known("claim", operation.claims.iter().map(|own| &own.claim));
            self.known("claim", [&operation.claim]);
            self.known("state", operation.claims.iter().flat_map(|own| &own.states));
            let unreached = || operation.unreached.iter();
            self.known("state", unreached().flat_map(|one| &one.states));
            self.known("route", unreached().flat_map(|one| &one.only));
            self.known("route", operation.natural.iter().chain(&operation.without));
            self.known("route or set", &operation.routes);
            self.errors(&operation.errors);
            let (name, path) = (&operation.name, operation.path.as_deref());
            self.placeholders(name, &operation.fragment, template::FRAGMENT_NAMES);
            self.placeholders(name, path.unwrap_or_default(), &["path"]);
            self.permissions(operation);
            self.runs_operation(operation);
        }
    }

    /// Programs of an operation run, or there is a reason why not.
    fn runs_operation(&mut self, operation: &Operation) {
        self.makes(&operation.make);
        self.reasons(&operation.no_replay);
        let idle = || operation.idle.iter();
        self.reasons(idle().map(|idle| &idle.why));
        self.known("state", idle().flat_map(|idle| &idle.states));
        self.known("route", idle().flat_map(|idle| &idle.routes));
        let name = &operation.name;
        let is_idle = idle().any(|idle| idle.states.is_empty() && idle.routes.is_empty());
        if !operation.takes.is_device() && operation.make.is_empty() && !is_idle {
            let what = format!("operation `{name}` needs either `make` or `idle`");
            self.fault(name, what, MAKE);
        }
        if !operation.is_concrete() && !is_idle {
            let what = format!("operation `{name}` cannot run: nothing says with which types");
            self.fault(name, what, "add `instance` or `live.driver`");
        }
    }

    /// A stronger context may do what a weaker one may.
    fn permissions(&mut self, operation: &Operation) {
        for absent in operation.absent.iter().map(|absent| &absent.state) {
            if operation.allows(absent) {
                let what = format!("`{absent}` is both allowed and absent");
                self.fault(absent, what, "decide for one of them");
            }
        }
        if !operation.inherited || !operation.takes.is_device() {
            return;
        }
        for weaker in &operation.allowed {
            for stronger in stronger(self.contract, weaker) {
                let (name, operation_name) = (&stronger.name, &operation.name);
                let is_open = has(&stronger.undecided, operation_name);
                if !operation.allows(name) && operation.absent(name).is_none() && !is_open {
                    let what = format!(
                        "`{operation_name}` is allowed in `{weaker}`, but not in `{name}`, \
                         which weakens to it"
                    );
                    let next = "allow it there too, or say in `absent` why not";
                    self.fault(weaker, what, next);
                }
            }
        }
    }

    fn routes(&mut self) {
        let routes = &self.contract.routes;
        self.unique("route", routes.iter().map(|route| &route.name));
        for route in routes {
            self.known("state", &route.states);
            self.errors(&route.errors);
            self.reasons(&route.idle);
            self.placeholders(&route.name, &route.pass, &["dev"]);
            for text in route.items.iter().chain(&route.case) {
                self.placeholders(text, text, template::ROUTE_NAMES);
            }
            if !route.text().contains("//~ ") {
                let what = format!("route `{}` marks no line", route.name);
                let next = "mark lines with `//~ use` and `//~ given`";
                self.fault(&route.name, what, next);
            }
        }
    }

    fn errors(&mut self, errors: &[Expected]) {
        for expected in errors {
            self.known("state", &expected.states);
            self.known("route", &expected.routes);
            self.marks(std::iter::once(&expected.is).chain(&expected.also));
        }
    }

    /// An error is written like the mark of a case.
    fn marks<'n>(&mut self, errors: impl IntoIterator<Item = &'n Name>) {
        for error in errors {
            let header = directive::parse(&format!("x //~ {error}"));
            if let Some((_, fault)) = header.faults.first() {
                self.fault(error, fault, "write it as after `//~`: E0277 words");
            }
            let code = error.split(' ').next().unwrap_or_default();
            if reason::is_error_code(code) && reason::is_broken_test(code) {
                let what = format!("{code} says that a test is broken, and proves nothing");
                self.fault(error, what, "expect a reason of the API");
            }
        }
    }

    fn placeholders(&mut self, at: &Name, text: &str, known: &[&str]) {
        for name in template::names(text).filter(|name| !known.contains(name)) {
            let hint = did_you_mean(name, known.iter().copied());
            let what = format!("unknown placeholder `@{name}`{hint}");
            self.fault(at, what, "the comment at the top of the file lists them");
        }
    }
}

/// The states whose context derefs to that of a state, at once or by others.
fn stronger<'a>(contract: &'a Contract, state: &str) -> Vec<&'a State> {
    let weaker = contract.state(state);
    let Some(weaker) = weaker.and_then(|state| state.context.as_ref()) else {
        return Vec::new();
    };
    let mut found = vec![weaker];
    // A context is declared after those that it weakens to.
    for context in &contract.contexts {
        if found.iter().any(|weaker| has(&context.weakens_to, weaker)) {
            found.push(&context.name);
        }
    }
    let is_stronger = |state: &&State| {
        let own = state.context.as_ref();
        own.is_some_and(|own| found[1..].contains(&own))
    };
    contract.states.iter().filter(is_stronger).collect()
}
