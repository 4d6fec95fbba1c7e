//! Kernel modules: what they implement, and the names by which the loader knows them.

use crate::error::{Error, Result};
use crate::str::CStr;
use pinned_init::{pin_init_from_closure, PinInit};

/// A kernel module; dropped when it is unloaded.
pub trait Module: Sized + Sync + Send {
    /// Called when the module is loaded.
    fn init(module: &'static ThisModule) -> Result<Self>;
}

/// A kernel module that is initialised in place.
pub trait InPlaceModule: Sync + Send {
    /// Creates the initialiser that runs when the module is loaded.
    fn init(module: &'static ThisModule) -> impl PinInit<Self, Error>;
}

impl<T: Module> InPlaceModule for T {
    fn init(module: &'static ThisModule) -> impl PinInit<Self, Error> {
        let init = move |slot: *mut Self| {
            let this = <Self as Module>::init(module)?;
            // SAFETY: An initialiser is given a slot that is valid for writes.
            unsafe { slot.write(this) };
            Ok(())
        };
        // SAFETY: On success the whole slot has been written; on failure nothing has.
        unsafe { pin_init_from_closure(init) }
    }
}

/// What `module!` says about a module.
pub trait ModuleMetadata {
    /// The name of the module.
    const NAME: &'static CStr;

    /// The module, as C knows it.
    const THIS_MODULE: ThisModule;
}

/// The module that `M` says it is.
pub const fn this_module<M: ModuleMetadata>() -> &'static ThisModule {
    &M::THIS_MODULE
}

/// A loaded module (`THIS_MODULE` in C).
pub struct ThisModule(*mut bindings::module);

// SAFETY: The pointer is only handed to C, which may be done from any thread.
unsafe impl Sync for ThisModule {}

impl ThisModule {
    /// Wraps the C module.
    ///
    /// # Safety
    ///
    /// `ptr` is the `THIS_MODULE` of the module that the caller belongs to, or null for code that
    /// belongs to no module.
    pub const unsafe fn from_ptr(ptr: *mut bindings::module) -> ThisModule {
        ThisModule(ptr)
    }

    /// The C module.
    pub const fn as_ptr(&self) -> *mut bindings::module {
        self.0
    }
}
