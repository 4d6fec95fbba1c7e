//! Modules of the kernel, loaded and unloaded as a user would.

use kernel::prelude::*;

/// A loaded module, which is unloaded when this is dropped.
///
/// # Invariants
///
/// The module that `unload` belongs to is loaded.
pub struct Loaded {
    unload: unsafe extern "C" fn(),
}

impl Loaded {
    /// Loads a module.
    ///
    /// # Safety
    ///
    /// Both functions belong to one module, which nobody else loads or unloads.
    pub unsafe fn new(
        load: unsafe extern "C" fn() -> c_int,
        unload: unsafe extern "C" fn(),
    ) -> Result<Self> {
        // SAFETY: By the requirement of this function the module is not loaded.
        kernel::error::to_result(unsafe { load() })?;
        // INVARIANT: The module was loaded just now.
        Ok(Self { unload })
    }
}

impl Drop for Loaded {
    fn drop(&mut self) {
        // SAFETY: By the type invariant the module is loaded; nobody else unloads it.
        unsafe { (self.unload)() };
    }
}
