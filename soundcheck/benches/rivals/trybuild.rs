//! The test of a package that runs trybuild, as the benchmark builds it.

/// Compares what the compiler says about each case with its `.stderr`.
#[test]
fn ui() {
    let cases = std::env::var("CASES").expect("CASES names the folder of cases");
    trybuild::TestCases::new().compile_fail(format!("{cases}/*.rs"));
}
