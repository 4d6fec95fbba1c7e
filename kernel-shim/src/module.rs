//! Kernel modules: what they implement, and the names by which the loader knows them.
//!
//! The functions that the loader calls are made by [`module!`](crate::prelude::module!), so that a
//! driver needs no `unsafe`.

use crate::error::{Error, Result};
use crate::ffi::c_int;
use crate::str::CStr;
use crate::types::Opaque;
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

/// The C module of code that is not loaded by a kernel.
#[doc(hidden)]
pub struct RawModule(Opaque<bindings::module>);

// SAFETY: Only its address matters to Rust.
unsafe impl Sync for RawModule {}

impl RawModule {
    /// Creates a module; `name` is cut to what fits.
    pub const fn new(name: &CStr) -> Self {
        let mut module = bindings::module { name: [0; 56] };
        let name = name.to_bytes();
        let mut i = 0;
        while i < name.len() && i + 1 < module.name.len() {
            module.name[i] = name[i];
            i += 1;
        }
        Self(Opaque::new(module))
    }

    /// The C module.
    pub const fn get(&self) -> *mut bindings::module {
        self.0.get()
    }
}

/// The place of a module while it is loaded.
///
/// # Invariants
///
/// It holds a value between a successful [`Slot::load`] and [`Slot::unload`].
#[doc(hidden)]
pub struct Slot<T>(Opaque<T>);

// SAFETY: The loader uses it on one thread at a time, and the value is `Send` and `Sync`.
unsafe impl<T: Send + Sync> Sync for Slot<T> {}

impl<T: InPlaceModule> Slot<T> {
    /// Creates an empty place.
    #[expect(clippy::new_without_default, reason = "It is only made by a macro.")]
    pub const fn new() -> Self {
        Self(Opaque::uninit())
    }

    /// Initialises the module; zero, or a negative error number.
    ///
    /// # Safety
    ///
    /// The module is not loaded, and nobody else calls a function of this place meanwhile.
    pub unsafe fn load(&'static self, module: &'static ThisModule) -> c_int {
        // SAFETY: The place is empty, valid for writes, and static.
        match unsafe { T::init(module).__pinned_init(self.0.get()) } {
            Ok(()) => 0,
            Err(error) => error.to_errno(),
        }
    }

    /// Drops the module.
    ///
    /// # Safety
    ///
    /// The module is loaded, and nobody else calls a function of this place meanwhile.
    pub unsafe fn unload(&'static self) {
        // SAFETY: The place holds a value by the type invariant, and is empty afterwards.
        unsafe { self.0.get().drop_in_place() };
    }
}

/// Declares a kernel module.
///
/// Where it is used, it defines `LocalModule`, an alias of the module's type, with
/// [`ModuleMetadata`] and the two functions that a loader calls, `init_module` and
/// `cleanup_module`. They are C symbols under `--cfg MODULE`, which the kernel's build passes for
/// a module that is not built in: there is one module a program then.
#[macro_export]
macro_rules! module_macro {
    (
        type: $type:ty,
        name: $name:literal,
        $(authors: [$($author:literal),* $(,)?],)?
        $(description: $description:literal,)?
        license: $license:literal
        $(, alias: [$($alias:literal),* $(,)?])?
        $(, firmware: [$($firmware:literal),* $(,)?])?
        $(,)?
    ) => {
        /// The module that this code belongs to.
        pub(crate) type LocalModule = $type;

        const _: () = {
            static RAW: $crate::module::RawModule =
                $crate::module::RawModule::new($crate::c_str!($name));
            static SLOT: $crate::module::Slot<$type> = $crate::module::Slot::new();

            impl $crate::ModuleMetadata for $type {
                const NAME: &'static $crate::str::CStr = $crate::c_str!($name);
                const THIS_MODULE: $crate::ThisModule =
                    // SAFETY: It is the C module of this module.
                    unsafe { $crate::ThisModule::from_ptr(RAW.get()) };
            }

            impl $type {
                /// Loads the module; zero, or a negative error number.
                ///
                /// # Safety
                ///
                /// The module is not loaded, nor being loaded or unloaded.
                #[cfg_attr(MODULE, no_mangle)]
                pub unsafe extern "C" fn init_module() -> $crate::ffi::c_int {
                    let module = $crate::module::this_module::<$type>();
                    // SAFETY: The caller guarantees it.
                    unsafe { SLOT.load(module) }
                }

                /// Unloads the module.
                ///
                /// # Safety
                ///
                /// The module is loaded, and not being unloaded.
                #[cfg_attr(MODULE, no_mangle)]
                pub unsafe extern "C" fn cleanup_module() {
                    // SAFETY: The caller guarantees it.
                    unsafe { SLOT.unload() };
                }
            }

            // A loader may or may not call them.
            let _: unsafe extern "C" fn() -> $crate::ffi::c_int = LocalModule::init_module;
            let _: unsafe extern "C" fn() = LocalModule::cleanup_module;
        };
    };
}
