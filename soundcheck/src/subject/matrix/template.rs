//! Texts with placeholders: `@name`, or `@name{argument}`.
//!
//! Owns the syntax and the list of names. A kept template crate would not make
//! the contract shorter: what its programs have in common is a handful of Rust
//! types and calls that are computed from state and operation, not loops or
//! conditions, and the braces of Rust would have to be escaped in each of them.
//! Fragments that are parsed and printed again would lose layout and marks.

/// The names that a route may use.
pub const ROUTE_NAMES: &[&str] = &[
    "act",
    "bounds",
    "call",
    "deref",
    "direct",
    "driver",
    "first",
    "from",
    "generics",
    "given",
    "home",
    "hometarget",
    "lent",
    "names",
    "of",
    "ofnames",
    "param",
    "path",
    "setup",
    "spelled",
    "target",
    "type",
    "use",
];

/// The names that a fragment may use.
pub const FRAGMENT_NAMES: &[&str] = &["T", "dev", "ref"];

/// Replaces every placeholder that `value` knows by what it makes of name and
/// argument. One that it does not know stays as it is.
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

/// Replaces the placeholder of one name.
pub fn put(text: &str, wanted: &str, value: &str) -> String {
    fill(text, &|name, _| (name == wanted).then(|| value.to_owned()))
}

/// The names of all placeholders in a text.
pub fn names(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('@')
        .map(|(at, _)| read(&text[at..]).name)
}

struct Placeholder<'a> {
    name: &'a str,
    argument: Option<&'a str>,
    len: usize,
}

/// Reads the placeholder that a text begins with.
fn read(text: &str) -> Placeholder<'_> {
    let end = text[1..].find(|letter: char| !letter.is_ascii_alphabetic());
    let end = end.map_or(text.len(), |end| end + 1);
    let close = closing(&text[end..]).map(|close| end + close);
    Placeholder {
        name: &text[1..end],
        argument: close.map(|close| &text[end + 1..close]),
        len: close.map_or(end, |close| close + 1),
    }
}

/// Where the brace that a text begins with is closed.
fn closing(text: &str) -> Option<usize> {
    if !text.starts_with('{') {
        return None;
    }
    let mut depth = 0;
    let mut braces = text.match_indices(['{', '}']);
    let end = braces.find(|(_, brace)| {
        depth += if *brace == "{" { 1 } else { -1 };
        depth == 0
    });
    end.map(|(at, _)| at)
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
        assert_eq!(filled("@act{x{1}} }"), "act(x{1}) }");
    }

    #[test]
    fn unknown_placeholders_stay() {
        assert_eq!(filled("x @ y @other{1}"), "x @ y @other{1}");
        assert_eq!(names("@dev @other").collect::<Vec<_>>(), ["dev", "other"]);
    }
}
