//! Texts with placeholders: `@name`, or `@name{argument}`.
//!
//! Owns the syntax and the list of names. What a name stands for in a cell is
//! decided in `source`.

/// The names that a route may use.
pub const ROUTE_NAMES: &[&str] = &[
    "act",
    "bounds",
    "deref",
    "driver",
    "direct",
    "elided",
    "first",
    "from",
    "generics",
    "given",
    "home",
    "homelent",
    "homepath",
    "inferred",
    "keep",
    "lent",
    "lgenerics",
    "names",
    "of",
    "ofnames",
    "own",
    "param",
    "rest",
    "setup",
    "source",
    "spelled",
    "target",
    "type",
    "use",
    "want",
    "wantlent",
];

/// The names that a fragment may use.
pub const FRAGMENT_NAMES: &[&str] = &["T", "dev", "ref"];

/// The names that a path may use.
pub const PATH_NAMES: &[&str] = &["path"];

/// Replaces every placeholder that `value` knows. One that it does not know
/// stays as it is.
pub fn fill(text: &str, value: &dyn Fn(&str, Option<&str>) -> Option<String>) -> String {
    let mut filled = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        filled.push_str(&rest[..at]);
        let placeholder = read(&rest[at..]);
        match value(placeholder.name, placeholder.argument) {
            Some(value) => filled.push_str(&value),
            None => filled.push_str(&rest[at..at + placeholder.len]),
        }
        rest = &rest[at + placeholder.len..];
    }
    filled.push_str(rest);
    filled
}

/// The names of all placeholders in a text.
pub fn names(text: &str) -> Vec<&str> {
    let starts = text.match_indices('@').map(|(at, _)| at);
    starts.map(|at| read(&text[at..]).name).collect()
}

/// Whether a text has a placeholder.
pub fn mentions(text: &str, name: &str) -> bool {
    names(text).contains(&name)
}

struct Placeholder<'a> {
    name: &'a str,
    argument: Option<&'a str>,
    len: usize,
}

/// Reads the placeholder that a text begins with.
fn read(text: &str) -> Placeholder<'_> {
    let is_name = |letter: char| letter.is_ascii_alphabetic();
    let end = text[1..].find(|letter| !is_name(letter));
    let end = end.map_or(text.len(), |end| end + 1);
    let name = &text[1..end];
    let argument = text[end..].strip_prefix('{').and_then(|inside| {
        let close = inside.find('}')?;
        Some(&inside[..close])
    });
    Placeholder {
        name,
        argument,
        len: end + argument.map_or(0, |argument| argument.len() + 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str) -> String {
        fill(text, &|name, argument| match name {
            "dev" => Some("device".to_owned()),
            "act" => Some(format!("act({})", argument.unwrap_or("it"))),
            _ => None,
        })
    }

    #[test]
    fn placeholders_are_replaced() {
        assert_eq!(filled("@dev.guard(@dev)"), "device.guard(device)");
        assert_eq!(filled("{ @act }"), "{ act(it) }");
        assert_eq!(filled("@act{(*dev)};"), "act((*dev));");
    }

    #[test]
    fn unknown_placeholders_stay() {
        assert_eq!(filled("x @ y @other{1}"), "x @ y @other{1}");
        assert_eq!(names("@dev @other"), ["dev", "other"]);
    }
}
