//! The states of the subject, as its contract lists them: all that operators know of an API.

/// One state of what the contract is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// The name of its type.
    pub name: String,
    /// The states that it weakens to, by name.
    pub weakens_to: Vec<String>,
}

/// The states that a type parameter can name.
#[derive(Clone, Debug, Default)]
pub struct States {
    /// The states, the least known first.
    pub states: Vec<State>,
    /// The trait that they implement, if it is known; otherwise it is found in the sources.
    pub bound: Option<String>,
    /// The state that is the default of the type parameter; usually the first.
    pub default: Option<String>,
}

impl States {
    /// Whether a name is that of a state.
    pub fn is_state(&self, name: &str) -> bool {
        self.states.iter().any(|state| state.name == name)
    }

    /// The states other than one, the nearest first.
    pub fn others(&self, name: &str) -> Vec<&str> {
        let place = self.states.iter().position(|state| state.name == name);
        let place = place.unwrap_or_default();
        let mut others: Vec<(usize, &str)> = self
            .states
            .iter()
            .enumerate()
            .filter(|(_, state)| state.name != name)
            .map(|(index, state)| (index.abs_diff(place), state.name.as_str()))
            .collect();
        others.sort_by_key(|(distance, _)| *distance);
        others.into_iter().map(|(_, name)| name).collect()
    }

    /// Whether one state may be taken for another, in one step or more.
    pub fn weakens(&self, from: &str, to: &str) -> bool {
        let Some(state) = self.states.iter().find(|state| state.name == from) else {
            return false;
        };
        let below = |next: &String| next == to || self.weakens(next, to);
        state.weakens_to.iter().any(below)
    }

    /// The state that a type parameter has when none is written.
    pub fn default_name(&self) -> Option<&str> {
        let first = self.states.first().map(|state| state.name.as_str());
        self.default.as_deref().or(first)
    }
}
