//! The lanes as values on the command line.

use clap::builder::PossibleValue;
use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser;

use crate::judge::lane::Lane;
use crate::subject::target;

/// The lanes by name, with what each proves.
pub fn lanes() -> impl TypedValueParser<Value = Lane> {
    let value = |lane: Lane| PossibleValue::new(lane.name()).help(lane.proves());
    let values = PossibleValuesParser::new(target::known_lanes().map(value));
    values.try_map(|name| {
        target::known_lanes()
            .find(|lane| lane.name() == name)
            .ok_or("no lane")
    })
}
