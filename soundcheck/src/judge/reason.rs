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

/// Codes by which an API refuses: what it declares decides whether they appear.
/// All others say that a program is not well-formed, whatever an API declares.
const REFUSALS: &[&[&str]] = &[TYPES, PRIVACY, OWNERSHIP, UNSAFE, IMPLS, CONSTANTS];

/// Types and traits.
const TYPES: &[&str] = &[
    "E0038", "E0053", "E0191", "E0195", "E0271", "E0276", "E0277", "E0282", "E0283", "E0284",
    "E0308", "E0599", "E0605", "E0606", "E0631", "E0790",
];

/// Who may see what.
const PRIVACY: &[&str] = &[
    "E0423", "E0446", "E0451", "E0603", "E0616", "E0624", "E0639",
];

/// Who owns what, and for how long.
const OWNERSHIP: &[&str] = &[
    "E0309", "E0310", "E0311", "E0373", "E0382", "E0478", "E0491", "E0495", "E0499", "E0501",
    "E0502", "E0503", "E0505", "E0506", "E0507", "E0508", "E0509", "E0515", "E0521", "E0524",
    "E0525", "E0594", "E0596", "E0597", "E0621", "E0700", "E0712", "E0713", "E0716",
];

/// What only unsafe code may do, how values end, and how they are laid out.
const UNSAFE: &[&str] = &["E0040", "E0133", "E0199", "E0200", "E0512", "E0793"];

/// Impls that have no right to exist, or are not what a trait asks for.
const IMPLS: &[&str] = &[
    "E0049", "E0117", "E0119", "E0120", "E0184", "E0204", "E0210", "E0321", "E0322", "E0366",
    "E0367", "E0751",
];

/// What is evaluated while a program is compiled.
const CONSTANTS: &[&str] = &["E0015", "E0080", "E0435", "E0492", "E0493"];

/// Codes that say so little that a mark with nothing else would meet any error.
const COMMON: &[&str] = &[
    "E0271", "E0277", "E0282", "E0283", "E0308", "E0382", "E0599", "E0631",
];

/// Codes whose text names all types, so that no variable has to be followed.
const NAMING_TYPES: &[&str] = &[
    "E0053", "E0271", "E0277", "E0282", "E0283", "E0284", "E0423", "E0451", "E0599", "E0603",
    "E0605", "E0606", "E0616", "E0624", "E0631",
];

/// What errors without a code say that are about lifetimes, privacy, or what a
/// future keeps.
const TEXTS: &[&str] = &[
    "lifetime may not live long enough",
    "is not general enough",
    "future cannot be sent between threads safely",
    "future cannot be shared between threads safely",
    "due to private fields",
];

/// Whether an API can be the reason for the code.
pub fn is_refusal(code: &str) -> bool {
    REFUSALS.iter().any(|codes| codes.contains(&code))
}

/// Whether a mark with the code must have words too.
pub fn is_common(code: &str) -> bool {
    COMMON.contains(&code)
}

/// Whether the compiler names the types that an error with the code is about.
pub fn names_types(code: &str) -> bool {
    NAMING_TYPES.contains(&code)
}

/// Whether an API can be the reason for an error without a code.
pub fn is_refusal_in_words(message: &str) -> bool {
    TEXTS.iter().any(|text| message.contains(text))
}

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
    fn what_a_broken_test_causes_is_no_refusal() {
        assert!(!BROKEN.iter().any(|code| is_refusal(code)));
        assert!(is_refusal("E0599") && !is_refusal("E0107"));
        assert!(COMMON.iter().all(|code| is_refusal(code)));
        assert!(NAMING_TYPES.iter().all(|code| is_refusal(code)));
        assert!(is_refusal_in_words("lifetime may not live long enough"));
        assert!(!is_refusal_in_words(
            "cannot find macro `guard` in this scope"
        ));
    }

    #[test]
    fn codes_have_five_characters() {
        assert!(is_error_code("E0080"));
        assert!(!is_error_code("E080"));
        assert!(!is_error_code("E0O80"));
    }
}
