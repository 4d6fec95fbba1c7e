//! The subject of a mail with a patch: `[PATCH v3 2/7] drm: do this`.
//!
//! Owns what stands in the brackets: the version, and the place of the patch in
//! its series.

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
        let (is_reply, mut rest) = reply(&text);
        let mut subject = Self {
            is_reply,
            is_patch: false,
            version: 1,
            number: None,
            title: String::new(),
        };
        while let Some((inside, after)) = brackets(rest) {
            inside.split([' ', ',']).for_each(|word| subject.word(word));
            rest = after;
        }
        subject.title = rest.to_owned();
        subject
    }

    fn word(&mut self, word: &str) {
        let word = match word.strip_prefix("PATCH") {
            Some(rest) => {
                self.is_patch = true;
                rest
            }
            None => word,
        };
        if let Some(version) = word.strip_prefix('v').and_then(|word| word.parse().ok()) {
            self.version = version;
        }
        if let Some((number, total)) = word.split_once('/') {
            if let (Ok(number), Ok(total)) = (number.parse(), total.parse()) {
                self.is_patch = true;
                self.number = Some((number, total));
            }
        }
    }
}

fn reply(text: &str) -> (bool, &str) {
    let head = text.get(..3);
    match head.is_some_and(|head| head.eq_ignore_ascii_case("re:")) {
        true => (true, text[3..].trim_start()),
        false => (false, text),
    }
}

/// The inside of the brackets that a text begins with, and what comes after.
fn brackets(text: &str) -> Option<(&str, &str)> {
    let (inside, after) = text.strip_prefix('[')?.split_once(']')?;
    Some((inside, after.trim_start()))
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
