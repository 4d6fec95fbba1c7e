//! How deeply a text is nested, and room for what recurses over it.
//!
//! Owns the limit. A parser recurses wherever brackets or operators follow each
//! other, so a small file can need a stack of any size: the tokens, which are
//! read without recursion, are measured before anything else looks at them.

use std::panic::resume_unwind;
use std::thread;

use proc_macro2::token_stream;
use proc_macro2::Delimiter;
use proc_macro2::TokenStream;
use proc_macro2::TokenTree;

/// The depth beyond which a file is refused. What people write stays below a
/// tenth of it.
pub const LIMIT: usize = 2_000;

/// The depth that every thread has room for.
const ORDINARY: usize = 64;

/// Room for the limit, also without optimisation. Pages that nobody touches cost
/// nothing.
const ROOM: usize = 512 << 20;

/// How deeply tokens are nested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Depth {
    /// Brackets around a token, and tokens that may be operators on the way to
    /// it, at most.
    pub most: usize,
    /// The line of the first token beyond the limit, if there is one.
    pub beyond: Option<usize>,
}

/// Measures tokens. Whatever stands between two separators may be one
/// expression, in which each token is nested in the one before.
pub fn of(tokens: TokenStream) -> Depth {
    let (mut most, mut beyond) = (0, None);
    let mut open = vec![Level::new(tokens, 0)];
    while let Some(level) = open.last_mut() {
        let Some(token) = level.tokens.next() else {
            open.pop();
            continue;
        };
        let depth = level.enter(&token);
        most = most.max(depth);
        if depth > LIMIT && beyond.is_none() {
            beyond = Some(token.span().start().line);
        }
        if let TokenTree::Group(group) = token {
            open.push(Level::new(group.stream(), depth));
        }
    }
    Depth { most, beyond }
}

impl Depth {
    /// Whether every thread has room for it.
    pub fn is_ordinary(self) -> bool {
        self.most <= ORDINARY
    }
}

/// Does something that recurses over a text, on a stack that is large enough.
pub fn with_room<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        let roomy = thread::Builder::new().stack_size(ROOM);
        // Where this thread cannot be had, those that judge cannot either.
        let thread = roomy.spawn_scoped(scope, work);
        let thread = thread.expect("a thread can be started");
        thread.join().unwrap_or_else(|panic| resume_unwind(panic))
    })
}

/// The inside of a bracket that is being measured.
struct Level {
    tokens: token_stream::IntoIter,
    /// The depth of the bracket.
    base: usize,
    /// How many tokens of one expression were seen.
    run: usize,
    /// Whether the last token was a block or the like.
    is_behind_block: bool,
}

impl Level {
    fn new(tokens: TokenStream, base: usize) -> Self {
        Self {
            tokens: tokens.into_iter(),
            base,
            run: 0,
            is_behind_block: false,
        }
    }

    /// The depth of the next token.
    fn enter(&mut self, token: &TokenTree) -> usize {
        if self.is_behind_block && begins_anew(token) {
            self.run = 0;
        }
        self.run += 1;
        let depth = self.base + self.run;
        if matches!(token, TokenTree::Punct(punct) if [',', ';'].contains(&punct.as_char())) {
            self.run = 0;
        }
        self.is_behind_block = matches!(
            token,
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace
        );
        depth
    }
}

/// Whether a token behind a block cannot belong to the same expression: `else`
/// and operators do.
fn begins_anew(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(word) => word != "else" && word != "as",
        TokenTree::Punct(punct) => punct.as_char() == '#',
        TokenTree::Literal(_) => true,
        TokenTree::Group(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Depth {
        super::of(text.parse().expect("the text has tokens"))
    }

    #[test]
    fn brackets_and_operators_count() {
        assert_eq!(of("a").most, 1);
        assert_eq!(of("((a))").most, 3);
        assert_eq!(of("!!!a").most, 4);
        assert_eq!(of("(!(!a))").most, of("!!!!a").most);
        assert_eq!(of("if a {} else if b {}").most, 7);
    }

    #[test]
    fn what_stands_side_by_side_does_not() {
        assert_eq!(of("a; a; a").most, 2);
        assert_eq!(of("[a, a, a]").most, 3);
        let function = "fn f() { g(); }";
        assert_eq!(of(&function.repeat(100)).most, of(function).most);
    }

    #[test]
    fn the_line_beyond_the_limit_is_known() {
        let below = "!".repeat(LIMIT - 1);
        assert_eq!(of(&format!("{below}\na")).beyond, None);
        assert_eq!(of(&format!("{below}!\na")).beyond, Some(2));
        let (open, close) = ("(".repeat(100_000), ")".repeat(100_000));
        assert_eq!(of(&format!("{open}{close}")).beyond, Some(1));
    }

    #[test]
    fn there_is_room_for_the_limit() {
        let (half, text) = (LIMIT / 2 - 8, "fn f() { a }");
        let deep = [
            ("(".repeat(half), ")".repeat(half)),
            ("!".repeat(2 * half), String::new()),
            ("|| ".repeat(half), String::new()),
            ("-".repeat(half), "+ a".repeat(half / 2)),
            (String::new(), ".b".repeat(half)),
            (String::new(), " as u8".repeat(half / 2)),
        ];
        for (before, behind) in deep {
            let text = text.replace('a', &format!("{before} a {behind}"));
            let depth = of(&text);
            assert_eq!(depth.beyond, None);
            assert!(!depth.is_ordinary());
            let parsed = with_room(|| syn::parse_str::<syn::File>(&text).is_ok());
            assert!(parsed, "{}", &text[..20]);
        }
    }
}
