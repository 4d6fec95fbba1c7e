//! The violation that the stub must report about a program: `NAME`, or
//! `NAME, GENERATION: NAME` where the API of a generation notices it otherwise.
//! `NAME + NAME` is one that brings another.

/// A violation, by the generations of the API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Violation {
    usual: String,
    elsewhere: Vec<(String, String)>,
}

impl Violation {
    /// Reads the value of a directive, or says what is wrong with it.
    pub fn parse(value: &str) -> Result<Self, String> {
        let mut parts = value.split(',').map(str::trim);
        let usual = parts.next().unwrap_or_default().to_owned();
        if usual.is_empty() {
            return Err("the directive names no violation".to_owned());
        }
        let elsewhere = parts.map(|part| {
            let (generation, name) = part
                .split_once(':')
                .ok_or_else(|| format!("`{part}` is not `GENERATION: NAME`"))?;
            Ok((generation.trim().to_owned(), name.trim().to_owned()))
        });
        let elsewhere = elsewhere.collect::<Result<_, String>>()?;
        Ok(Self { usual, elsewhere })
    }

    /// The name of the violation over a generation of the API.
    pub fn over(&self, generation: &str) -> &str {
        let mut elsewhere = self.elsewhere.iter();
        let own = elsewhere.find(|(name, _)| name == generation);
        own.map_or(&self.usual, |(_, violation)| violation)
    }

    /// The generations that have a violation of their own.
    pub fn generations(&self) -> impl Iterator<Item = &str> {
        self.elsewhere.iter().map(|(name, _)| name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generation_may_notice_it_otherwise() {
        let violation = Violation::parse("early-call, linux-7.3: use-after-free").expect("parses");
        assert_eq!(violation.over("api"), "early-call");
        assert_eq!(violation.over("linux-7.3"), "use-after-free");
        assert_eq!(violation.generations().collect::<Vec<_>>(), ["linux-7.3"]);
    }

    #[test]
    fn a_second_name_needs_a_generation() {
        let fault = Violation::parse("early-call, use-after-free").expect_err("is refused");
        assert_eq!(fault, "`use-after-free` is not `GENERATION: NAME`");
        assert!(Violation::parse("").is_err());
    }
}
