//! The test of a package that runs ui_test, as the benchmark builds it.
//!
//! The marks and directives of our cases are not ui_test's. It is told to look
//! for others, so that it compares the text of each case with its `.stderr` and
//! nothing more. By default it would also apply the compiler's suggestions and
//! compile once more; that is turned off.

use ui_test::color_eyre;
use ui_test::custom_flags::rustfix::RustfixMode;
use ui_test::dependencies::DependencyBuilder;
use ui_test::spanned::Spanned;
use ui_test::status_emitter::Text;
use ui_test::Config;

fn main() -> color_eyre::Result<()> {
    let mut config = Config::rustc(std::env::var("CASES")?);
    config.out_dir = "target/ui".into();
    config.comment_start = "//ui_test";
    // The compiler writes long types into files, whose names differ each time.
    config.stderr_filter(r"long-type-\d+", "long-type");
    let flags = ["--check-cfg=cfg(twin)", "-Adead_code", "--emit=metadata"];
    config.program.args.extend(flags.map(Into::into));
    if std::env::var_os("BLESS").is_some() {
        config.output_conflict_handling = ui_test::bless_output_files;
    }
    let base = config.comment_defaults.base();
    base.require_annotations = Spanned::dummy(false).into();
    base.set_custom("rustfix", RustfixMode::Disabled);
    let dependencies = DependencyBuilder {
        crate_manifest_path: "Cargo.toml".into(),
        ..DependencyBuilder::default()
    };
    base.set_custom("dependencies", dependencies);

    let filter = ui_test::default_file_filter;
    ui_test::run_tests_generic(vec![config], filter, |_, _| {}, Text::quiet())
}
