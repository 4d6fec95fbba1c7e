//! The subject of a mail with a patch: `[PATCH v3 2/7] drm: do this`.
//!
//! Owns what stands in the brackets, which git throws away: the version, and
//! the place of the patch in its series.

/// A subject, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Whether the mail answers another one.
    pub is_reply: bool,
    /// Whether the brackets say that there is a patch.
    pub is_patch: bool,
    /// The version of the series, 1 if it is not said.
    pub version: usize,
    /// The number of the patch, and how many there are; a cover letter is 0.
    pub number: Option<(usize, usize)>,
    /// What the patch does.
    pub title: String,
}

impl Subject {
    /// Takes a subject apart.
    pub fn parse(text: &str) -> Self {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let head = text.get(..3).unwrap_or_default();
        let is_reply = head.eq_ignore_ascii_case("re:");
        let mut title = text[if is_reply { 3 } else { 0 }..].trim_start();
        let mut words = Vec::new();
        while let Some((inside, after)) = title.strip_prefix('[').and_then(|at| at.split_once(']'))
        {
            words.extend(inside.split([' ', ',']));
            title = after.trim_start();
        }
        let bare = words.iter().map(|word| word.trim_start_matches("PATCH"));
        let number = bare.clone().find_map(|word| {
            let (number, total) = word.split_once('/')?;
            Some((number.parse().ok()?, total.parse().ok()?))
        });
        let version = bare
            .clone()
            .find_map(|word| word.strip_prefix('v')?.parse().ok());
        Self {
            is_reply,
            is_patch: number.is_some() || words.iter().any(|word| word.starts_with("PATCH")),
            version: version.unwrap_or(1),
            number,
            title: title.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (usize, Option<(usize, usize)>, String) {
        let subject = Subject::parse(text);
        assert!(subject.is_patch, "{text}");
        (subject.version, subject.number, subject.title)
    }

    #[test]
    fn version_and_number_are_read_from_the_brackets() {
        let title = "rust: drm: do [this]".to_owned();
        let expected = |version, number| (version, number, title.clone());
        assert_eq!(of("[PATCH] rust: drm: do [this]"), expected(1, None));
        assert_eq!(
            of("[PATCH v3 2/7] rust: drm: do [this]"),
            expected(3, Some((2, 7)))
        );
        assert_eq!(
            of("[RFC PATCHv2, 02/14]\n rust: drm:  do [this]"),
            expected(2, Some((2, 14)))
        );
        assert_eq!(
            of("[drm-next][PATCH 0/3] rust: drm: do [this]"),
            expected(1, Some((0, 3)))
        );
    }

    #[test]
    fn a_reply_is_no_patch_of_its_own() {
        assert!(Subject::parse("Re: [PATCH 1/2] rust: drm").is_reply);
        assert!(Subject::parse("RE: [PATCH 1/2] rust: drm").is_reply);
        assert!(!Subject::parse("Rework [PATCH 1/2]").is_reply);
        assert!(!Subject::parse("ré: déjà vu").is_reply);
    }

    #[test]
    fn a_mail_that_is_no_patch_does_not_say_so() {
        assert!(!Subject::parse("[GIT PULL] drm fixes").is_patch);
    }
}
