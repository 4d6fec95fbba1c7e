//! Which kernel tree a call is about.

use camino::Utf8PathBuf;

/// Which kernel tree is judged.
#[derive(Clone, Debug)]
pub struct KernelOptions {
    /// The build directory, with the generated bindings.
    pub objtree: Utf8PathBuf,
    /// The source tree; `None` means the one that the build directory names.
    pub source: Option<Utf8PathBuf>,
    /// The generation to judge it as; `None` means the one that it declares.
    pub generation: Option<String>,
}
