//! The command line of the soundness harness; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    soundcheck::main()
}
