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
}
