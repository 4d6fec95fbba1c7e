//! Which error codes prove something, and which only say that a test is broken
//! or that a neighbour in the same crate may be to blame.
//!
//! The tables are data: a code is added here and nowhere else.

/// Codes that say that the test is broken: a name is missing, a file is
/// missing, or a feature gate is closed.
const BROKEN: &[&str] = &[
    "E0405", "E0412", "E0425", "E0432", "E0433", "E0463", "E0554", "E0583", "E0658",
];

/// Codes that an item of another module of the same crate can cause.
const NEIGHBOURLY: &[&str] = &[
    "E0034", "E0119", "E0255", "E0275", "E0282", "E0283", "E0284", "E0391", "E0428", "E0592",
    "E0659", "E0790",
];

/// Those of them that only an impl of a trait can cause: the compiler does not
/// know which of several is meant.
const INFERENCE: &[&str] = &["E0034", "E0282", "E0283", "E0284", "E0790"];

/// Codes about impls that have no right to exist. One of them can switch off an
/// auto impl, or impls of the same trait, in the whole crate.
const COHERENCE: &[&str] = &[
    "E0116", "E0117", "E0118", "E0119", "E0120", "E0199", "E0200", "E0204", "E0206", "E0210",
    "E0321", "E0322", "E0323", "E0324", "E0325", "E0328", "E0371", "E0390", "E0592", "E0751",
];

/// Codes that rustc reports only when nothing else is wrong.
const LATE: &[&str] = &["E0446", "E0451"];

/// Codes after which rustc checks no more bodies.
const ABORTING: &[&str] = &["E0275", "E0391", "E0404", "E0405", "E0432"];

/// Whether the code says that the test is broken, not that the API refuses.
pub fn is_broken_test(code: &str) -> bool {
    BROKEN.contains(&code) || !is_error_code(code)
}

/// Whether another module of the crate may be the cause of the code.
pub fn is_neighbourly(code: &str) -> bool {
    NEIGHBOURLY.contains(&code)
}

/// Whether another module can be the cause only by an impl of a trait that this
/// one knows.
pub fn is_inference(code: &str) -> bool {
    INFERENCE.contains(&code)
}

/// Whether the code poisons every other verdict of its crate.
pub fn is_coherence(code: &str) -> bool {
    COHERENCE.contains(&code)
}

/// Whether any other error in the crate hides the code.
pub fn is_late(code: &str) -> bool {
    LATE.contains(&code)
}

/// Whether the code hides the errors in function bodies of the whole crate.
pub fn is_aborting(code: &str) -> bool {
    ABORTING.contains(&code)
}

/// Whether the code may need code generation to appear.
pub fn is_post_mono(code: &str) -> bool {
    code == "E0080"
}

/// Whether the text has the form of a rustc error code. Lints are named by
/// words instead.
pub fn is_error_code(text: &str) -> bool {
    text.len() == 5 && text.starts_with('E') && text[1..].bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lint_is_no_proof() {
        assert!(is_broken_test("unused_must_use"));
        assert!(is_broken_test("E0425"));
        assert!(!is_broken_test("E0599"));
    }

    #[test]
    fn what_impls_can_cause_is_what_neighbours_can_cause() {
        assert!(INFERENCE.iter().all(|code| is_neighbourly(code)));
        assert!(!is_inference("E0119"));
        assert!(!is_inference("E0275"));
    }

    #[test]
    fn codes_have_five_characters() {
        assert!(is_error_code("E0080"));
        assert!(!is_error_code("E080"));
        assert!(!is_error_code("E0O80"));
    }
}
