//! What a DRM driver declares: its types, its description and its ioctls.
//!
//! Everything that a driver names belongs to that driver. The bounds say so, because the DRM core
//! hands pointers back without a type: a file or an object of another driver would be cast to the
//! wrong one.

pub use super::registration::Registration;

use super::private::Sealed;
use crate::device;
use crate::drm;
use crate::prelude::vtable;
use crate::str::CStr;

/// The driver manages memory with GEM, as every driver here does.
pub(crate) const FEAT_GEM: u32 = bindings::drm_driver_feature_DRIVER_GEM;
/// The driver has a render node.
pub(crate) const FEAT_RENDER: u32 = bindings::drm_driver_feature_DRIVER_RENDER;

/// How a driver presents itself to userspace.
pub struct DriverInfo {
    /// Major version of the driver's interface.
    pub major: i32,
    /// Minor version of the driver's interface.
    pub minor: i32,
    /// Patch level of the driver's interface.
    pub patchlevel: i32,
    /// Name by which userspace finds its half of the driver.
    pub name: &'static CStr,
    /// Description for humans.
    pub desc: &'static CStr,
}

/// The callbacks of a memory manager in `struct drm_driver`.
///
/// Only the memory managers of [`drm::gem`] make one.
pub struct AllocOps {
    pub(crate) gem_create_object: GemCreateObject,
    pub(crate) prime_handle_to_fd: PrimeHandleToFd,
    pub(crate) prime_fd_to_handle: PrimeFdToHandle,
    pub(crate) gem_prime_import: GemPrimeImport,
    pub(crate) gem_prime_import_sg_table: GemPrimeImportSgTable,
    pub(crate) dumb_create: DumbCreate,
    pub(crate) dumb_map_offset: DumbMapOffset,
}

impl AllocOps {
    /// No callbacks: objects are made by Rust code only, and are not shared between devices.
    pub(crate) const NONE: Self = Self {
        gem_create_object: None,
        prime_handle_to_fd: None,
        prime_fd_to_handle: None,
        gem_prime_import: None,
        gem_prime_import_sg_table: None,
        dumb_create: None,
        dumb_map_offset: None,
    };
}

type GemCreateObject =
    Option<unsafe extern "C" fn(*mut bindings::drm_device, usize) -> *mut bindings::drm_gem_object>;
type PrimeHandleToFd = Option<
    unsafe extern "C" fn(
        *mut bindings::drm_device,
        *mut bindings::drm_file,
        u32,
        u32,
        *mut i32,
    ) -> i32,
>;
type PrimeFdToHandle = Option<
    unsafe extern "C" fn(*mut bindings::drm_device, *mut bindings::drm_file, i32, *mut u32) -> i32,
>;
type GemPrimeImport = Option<
    unsafe extern "C" fn(
        *mut bindings::drm_device,
        *mut bindings::dma_buf,
    ) -> *mut bindings::drm_gem_object,
>;
type GemPrimeImportSgTable = Option<
    unsafe extern "C" fn(
        *mut bindings::drm_device,
        *mut bindings::dma_buf_attachment,
        *mut bindings::sg_table,
    ) -> *mut bindings::drm_gem_object,
>;
type DumbCreate = Option<
    unsafe extern "C" fn(
        *mut bindings::drm_file,
        *mut bindings::drm_device,
        *mut bindings::drm_mode_create_dumb,
    ) -> i32,
>;
type DumbMapOffset = Option<
    unsafe extern "C" fn(*mut bindings::drm_file, *mut bindings::drm_device, u32, *mut u64) -> i32,
>;

/// A memory manager: the type of the objects that a driver's handles stand for.
///
/// Implemented by [`drm::gem::Object`] in the [`Normal`](drm::Normal) context only, because an
/// object lives longer than anything else that is known of its device.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a memory manager for DRM drivers",
    note = "use `drm::gem::Object<YourObject>`, where `YourObject` implements `drm::gem::DriverObject`"
)]
pub trait AllocImpl: Sealed + drm::gem::IntoGEMObject {
    /// The driver that these objects belong to.
    type Driver: drm::Driver;

    /// The callbacks that the memory manager wants from the DRM core.
    const ALLOC_OPS: AllocOps;
}

/// A DRM driver.
///
/// The attribute `#[vtable]` belongs on each implementation. The ioctl table is made by
/// [`declare_drm_ioctls!`](crate::declare_drm_ioctls), inside the implementation.
///
/// # Examples
///
/// ```
/// use driver::LocalModule;
/// use kernel::{auxiliary, device, drm, prelude::*};
///
/// struct Gpu;
///
/// struct Client;
///
/// impl drm::file::DriverFile for Client {
///     type Driver = Gpu;
///
///     fn open(_dev: &drm::Device<Gpu>) -> Result<Pin<KBox<Self>>> {
///         Ok(KBox::new(Self, GFP_KERNEL)?.into())
///     }
/// }
///
/// struct Buffer;
///
/// impl drm::gem::DriverObject for Buffer {
///     type Driver = Gpu;
///     type Args = ();
///
///     fn new(_dev: &drm::Device<Gpu>, _size: usize, _args: ()) -> impl PinInit<Self, Error> {
///         Ok(Buffer)
///     }
/// }
///
/// #[vtable]
/// impl drm::Driver for Gpu {
///     type Data = ();
///     type RegistrationData<'a> = ();
///     type Object = drm::gem::Object<Buffer>;
///     type File = Client;
///     type ParentDevice<Ctx: device::DeviceContext> = auxiliary::Device<Ctx>;
///
///     const INFO: drm::DriverInfo = drm::DriverInfo {
///         major: 0,
///         minor: 1,
///         patchlevel: 0,
///         name: c"gpu",
///         desc: c"A GPU",
///     };
///
///     kernel::declare_drm_ioctls! {}
/// }
/// # fn main() {}
/// ```
#[vtable]
pub trait Driver: Sized + 'static {
    /// Data that lives as long as the device, also while it is not registered.
    ///
    /// Any thread may hold a handle to the device, and any may drop the last one.
    type Data: Send + Sync + 'static;

    /// Data that lives as long as the registration; see
    /// [`registration_data_with`](drm::Device::registration_data_with).
    ///
    /// It may borrow, for `'a`, what outlives the registration: the bound parent and what is
    /// derived from it.
    type RegistrationData<'a>: Send + Sync + 'a;

    /// The objects that this driver's handles stand for.
    type Object: AllocImpl<Driver = Self>;

    /// What this driver keeps for each open file.
    type File: drm::file::DriverFile<Driver = Self>;

    /// The type of the parent on its bus, for example an auxiliary or a platform device.
    type ParentDevice<Ctx: device::DeviceContext>: device::AsBusDevice<Ctx>;

    /// How the driver presents itself.
    const INFO: DriverInfo;

    /// The ioctls, made by [`declare_drm_ioctls!`](crate::declare_drm_ioctls).
    const IOCTLS: &'static [drm::ioctl::DrmIoctlDescriptor<Self>];

    /// Whether the driver has a render node, `/dev/dri/renderDN`, through which clients without
    /// privileges reach the ioctls that are marked
    /// [`RENDER_ALLOW`](drm::ioctl::RENDER_ALLOW).
    const FEAT_RENDER: bool = false;
}
