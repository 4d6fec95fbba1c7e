//! Whether a driver compiles, as far as it must.
//!
//! A driver that is known to lack something is excused as long as rustc names
//! items that are missing, and no longer: neither when it compiles, nor when
//! something else is wrong.

use crate::ground::compiler::Compilation;
use crate::ground::compiler::Status;
use crate::judge::event::Failure;
use crate::subject::drivers::driver::Driver;
use crate::subject::drivers::missing::Missing;

/// What a compilation over a generation of the API says about a driver: nothing
/// if it compiles, or what it lacks if that is known.
///
/// # Errors
///
/// The driver does not compile and must, or compiles and is said not to.
pub fn verdict(
    driver: &Driver,
    generation: &str,
    compilation: &Compilation,
    lacks: &Missing,
) -> Result<Option<String>, Failure> {
    let must_compile = driver.must_compile(generation);
    match &compilation.status {
        Status::Clean if must_compile => Ok(None),
        Status::Clean => Err(complete(driver, generation)),
        Status::Refused if !must_compile && !lacks.items.is_empty() => Ok(Some(lacks.to_string())),
        Status::Refused => {
            let first = compilation.errors.first();
            let first = first.map_or("", |error| error.rendered.trim_end());
            Err(Failure {
                line: None,
                expected: expectation(driver, generation),
                got: format!("{lacks}\n{first}"),
                next: "mend the driver or what it is compiled over; a driver that needs more than \
                       there is says so by `incomplete`"
                    .to_owned(),
            })
        }
        Status::Crashed(crash) => Err(Failure {
            line: None,
            expected: expectation(driver, generation),
            got: crash.to_string(),
            next: crash.next().to_owned(),
        }),
    }
}

/// That a driver compiles, in words.
pub fn expectation(driver: &Driver, generation: &str) -> String {
    format!(
        "the kernel's {} compiles unmodified over {generation}",
        driver.name()
    )
}

fn complete(driver: &Driver, generation: &str) -> Failure {
    let path = &driver.path;
    Failure {
        line: None,
        expected: format!("{path} says that over {generation} it is incomplete"),
        got: "it compiles".to_owned(),
        next: format!("take `{generation}` off `incomplete` in {path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ground::crash::Crash;
    use crate::ground::diagnostic::Diagnostic;
    use crate::ground::process::Ended;
    use crate::subject::drivers::driver::parse;

    const TYR: &str = "root = \"tyr.rs\"\noption = \"CONFIG_TYR\"\nincomplete = [\"api\"]\n";

    fn judged(generation: &str, status: Status, items: &[&str]) -> Result<Option<String>, Failure> {
        let driver = parse(camino::Utf8Path::new("drivers/tyr.toml"), TYR).expect("it is right");
        let error = Diagnostic {
            rendered: "error: that is wrong\n".to_owned(),
            ..Diagnostic::default()
        };
        let compilation = Compilation {
            status,
            errors: vec![error],
        };
        let lacks = Missing {
            items: items.iter().map(|item| (*item).to_owned()).collect(),
            ..Missing::default()
        };
        verdict(&driver, generation, &compilation, &lacks)
    }

    #[test]
    fn a_driver_that_must_compile_is_named_if_it_does_not() {
        assert_eq!(judged("linux-7.3", Status::Clean, &[]), Ok(None));
        let failure = judged("linux-7.3", Status::Refused, &["kernel::dma"]);
        let failure = failure.expect_err("it must compile");
        assert_eq!(
            failure.expected,
            "the kernel's tyr compiles unmodified over linux-7.3"
        );
        let got = "1 item missing: kernel::dma\nerror: that is wrong";
        assert_eq!(failure.got, got);
    }

    #[test]
    fn what_an_incomplete_driver_lacks_is_waived() {
        let judged = judged("api", Status::Refused, &["kernel::dma"]);
        let why = "1 item missing: kernel::dma".to_owned();
        assert_eq!(judged, Ok(Some(why)));
    }

    #[test]
    fn an_incomplete_driver_that_compiles_is_not_waived() {
        let failure = judged("api", Status::Clean, &[]).expect_err("it is complete");
        assert_eq!(
            failure.next,
            "take `api` off `incomplete` in drivers/tyr.toml"
        );
    }

    #[test]
    fn nothing_but_missing_items_excuses_a_driver() {
        assert!(judged("api", Status::Refused, &[]).is_err());
        let killed = Crash::Environment(Ended::Signal(9), "no message".to_owned());
        let crashed = Status::Crashed(killed);
        let failure = judged("api", crashed, &["kernel::dma"]).expect_err("nobody knows");
        assert_eq!(
            failure.got,
            "rustc was killed by signal 9: not judged: no message"
        );
    }
}
