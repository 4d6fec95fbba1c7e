//! Small questions about syntax and text that several operators ask.

/// Text without spaces: words that would run together get a hyphen.
pub fn squeeze(text: &str) -> String {
    let mut squeezed = String::new();
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    for word in text.split_whitespace() {
        let ends = squeezed.chars().next_back().is_some_and(is_word);
        if ends && word.starts_with(is_word) {
            squeezed.push('-');
        }
        squeezed.push_str(word);
    }
    squeezed
}

/// Text in one line, with single spaces.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}
