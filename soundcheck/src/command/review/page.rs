//! A page of plain text that fits into a mail.
//!
//! Owns the width and how text is broken to keep it. What is quoted or code
//! keeps its spaces.

/// The width of a line: a mail that is quoted twice still has less than 80.
pub const WIDTH: usize = 75;

/// A page.
#[derive(Debug, Default)]
pub struct Page {
    text: String,
}

impl Page {
    /// The whole text.
    pub fn into_text(self) -> String {
        self.text
    }

    /// An empty line; never two, and none at the top.
    pub fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A paragraph, indented.
    pub fn paragraph(&mut self, indent: usize, text: &str) {
        self.hanging(indent, indent, text);
    }

    /// A paragraph of a section.
    pub fn item(&mut self, text: &str) {
        self.hanging(2, 4, text);
    }

    /// A paragraph whose further lines are indented more.
    pub fn hanging(&mut self, first: usize, rest: usize, text: &str) {
        let (first, rest) = (" ".repeat(first), " ".repeat(rest));
        let options = textwrap::Options::new(WIDTH)
            .initial_indent(&first)
            .subsequent_indent(&rest)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        for line in text.lines() {
            for line in textwrap::wrap(line.trim_end(), &options) {
                self.line(&line);
            }
        }
    }

    /// A line of the patch, as an answer by mail quotes it.
    pub fn quote(&mut self, text: &str) {
        let text = text.replace('\t', "    ");
        let room = WIDTH - "  > ".len();
        let is_wide = text.chars().count() > room;
        let shown: String = match is_wide {
            true => text.chars().take(room - " ...".len()).collect(),
            false => text,
        };
        let more = if is_wide { " ..." } else { "" };
        self.line(&format!("  > {}{more}", shown.trim_end()));
    }

    /// Lines of a program that fit already.
    pub fn code(&mut self, indent: usize, lines: &[String]) {
        for line in lines {
            self.line(&format!("{}{line}", " ".repeat(indent)));
        }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_wider_than_a_mail() {
        let mut page = Page::default();
        let path = "rust/kernel/drm/".repeat(10);
        page.hanging(
            2,
            4,
            &format!("The change is in {path}, {}.", "far away ".repeat(30)),
        );
        page.quote(&format!("+{}", "impl<T: drm::Driver> ".repeat(10)));
        let text = page.into_text();
        let is_narrow = |line: &str| line.chars().count() <= WIDTH;
        assert!(text.lines().all(is_narrow), "{text}");
        assert!(text.contains(" ...\n"), "{text}");
    }

    #[test]
    fn gaps_do_not_add_up() {
        let mut page = Page::default();
        page.gap();
        page.paragraph(0, "one");
        page.gap();
        page.gap();
        page.paragraph(2, "two");
        assert_eq!(page.into_text(), "one\n\n  two\n");
    }
}
