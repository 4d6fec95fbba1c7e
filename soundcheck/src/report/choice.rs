//! Which reports a call asks for, and where they go.
//!
//! Owns the choice of reporters. A file that cannot be written is noticed
//! before anything is judged.

use std::fs::File;
use std::fs::OpenOptions;
use std::io::LineWriter;
use std::io::Write;
use std::str::FromStr;

use camino::Utf8PathBuf;
use clap::ValueEnum as _;

use super::destination::Destination;
use super::Format;
use super::Progress;
use crate::ground::problem::did_you_mean;
use crate::ground::problem::InputError;
use crate::ground::problem::Problem;
use crate::ground::stream;
use crate::judge::reporter::Reporter;

/// The variable with the path of the page of a step of GitHub's.
const STEP_SUMMARY: &str = "GITHUB_STEP_SUMMARY";

/// The reports of a run.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The format on standard output.
    pub format: Format,
    /// Reports in files.
    pub files: Vec<ReportFile>,
    /// Whether people are told which cases were confirmed alone.
    pub verbose: bool,
}

/// A report in a file: `FORMAT=FILE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportFile {
    /// Its format.
    pub format: Format,
    /// The file.
    pub path: Utf8PathBuf,
}

impl Choice {
    /// Opens everything that is written to. Files keep what they contain until
    /// the run starts.
    pub fn reporters(&self) -> Result<Vec<Box<dyn Reporter>>, InputError> {
        let page = match self.format {
            Format::Github => page()?,
            _ => None,
        };
        let terminal = self.format.reporter(stream::stdout(), self.verbose, page);
        let mut reporters: Vec<Box<dyn Reporter>> = vec![Box::new(Progress::new(terminal))];
        for (index, file) in self.files.iter().enumerate() {
            if self.files[..index]
                .iter()
                .any(|other| other.path == file.path)
            {
                let what = format!("two reports go to {}", file.path);
                return Err(InputError::one(Problem::new(
                    what,
                    "give each its own file",
                )));
            }
            reporters.push(file.reporter(self.verbose)?);
        }
        Ok(reporters)
    }
}

impl ReportFile {
    fn reporter(&self, verbose: bool) -> Result<Box<dyn Reporter>, InputError> {
        let mut options = OpenOptions::new();
        // What is there must survive a call that judges nothing.
        let file = options.write(true).create(true).truncate(false);
        let file = file.open(&self.path).map_err(|error| {
            let what = format!("cannot write the report {}: {error}", self.path);
            InputError::one(Problem::new(
                what,
                "give --report a file in a directory that exists",
            ))
        })?;
        let out = LineWriter::new(Destination::new(file, self.path.clone()));
        let out = anstream::StripStream::new(Box::new(out) as Box<dyn Write + Send>);
        Ok(self.format.reporter(out, verbose, None))
    }
}

impl FromStr for ReportFile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names: Vec<&str> = Format::value_variants()
            .iter()
            .map(|it| it.name())
            .collect();
        let Some((format, path)) = text.split_once('=').filter(|(_, path)| !path.is_empty()) else {
            return Err("write FORMAT=FILE, such as junit=report.xml".to_owned());
        };
        let format = Format::from_str(format, false).map_err(|_| {
            let hint = did_you_mean(format, names.iter().copied());
            format!(
                "unknown format `{format}`{hint}; one of {}",
                names.join(", ")
            )
        })?;
        Ok(Self {
            format,
            path: path.into(),
        })
    }
}

/// The page of the step, to which each command of the step appends.
fn page() -> Result<Option<Box<dyn Write + Send>>, InputError> {
    let Some(path) = std::env::var_os(STEP_SUMMARY).filter(|path| !path.is_empty()) else {
        return Ok(None);
    };
    let file = File::options().append(true).create(true).open(&path);
    let file = file.map_err(|error| {
        let what = format!("cannot write {} ({STEP_SUMMARY}): {error}", path.display());
        InputError::one(Problem::new(
            what,
            format!("unset {STEP_SUMMARY}, or mend it"),
        ))
    })?;
    Ok(Some(Box::new(file)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_has_a_format_and_a_file() {
        let file = "junit=out/a=b.xml"
            .parse::<ReportFile>()
            .expect("it is one");
        assert_eq!(
            (file.format, file.path.as_str()),
            (Format::Junit, "out/a=b.xml")
        );
    }

    #[test]
    fn what_is_no_report_is_explained() {
        let error = |text: &str| text.parse::<ReportFile>().expect_err("it is none");
        assert!(error("junit").contains("FORMAT=FILE"));
        assert!(error("junit=").contains("FORMAT=FILE"));
        assert!(error("junti=a").contains("did you mean `junit`?; one of human, json"));
    }
}
