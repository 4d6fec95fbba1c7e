//! The interface to userspace of the drivers that cases are written after: numbers and structs of
//! ioctls, named as bindgen names them.
#![expect(non_camel_case_types, reason = "The names are those of C.")]
#![expect(
    non_upper_case_globals,
    reason = "The names are those that bindgen gives to C enumerators."
)]

use crate::ioctl::_IOWR;

/// Largest number of an ioctl.
pub const _IOC_NRMASK: u32 = 0xff;
/// Largest type of an ioctl.
pub const _IOC_TYPEMASK: u32 = 0xff;
/// Largest argument of an ioctl.
pub const _IOC_SIZEMASK: u32 = 0x3fff;
/// Largest direction of an ioctl.
pub const _IOC_DIRMASK: u32 = 3;
/// Where the number of an ioctl begins.
pub const _IOC_NRSHIFT: u32 = 0;
/// Where the type of an ioctl begins.
pub const _IOC_TYPESHIFT: u32 = 8;
/// Where the size of an ioctl begins.
pub const _IOC_SIZESHIFT: u32 = 16;
/// Where the direction of an ioctl begins.
pub const _IOC_DIRSHIFT: u32 = 30;
/// No argument.
pub const _IOC_NONE: u32 = 0;
/// Userspace writes the argument.
pub const _IOC_WRITE: u32 = 1;
/// Userspace reads the argument.
pub const _IOC_READ: u32 = 2;

/// The type of all DRM ioctls.
pub const DRM_IOCTL_BASE: u32 = b'd' as u32;
/// The first number that belongs to drivers.
pub const DRM_COMMAND_BASE: u32 = 0x40;
/// One past the last number that belongs to drivers.
pub const DRM_COMMAND_END: u32 = 0xa0;

/// `drm_nova_getparam::param`: size of the video memory's window, in bytes.
pub const NOVA_GETPARAM_VRAM_BAR_SIZE: u32 = 1;

/// Argument of [`DRM_IOCTL_NOVA_GETPARAM`].
#[repr(C)]
#[derive(Debug, Default, Copy, Clone)]
pub struct drm_nova_getparam {
    /// What is asked for.
    pub param: u64,
    /// The answer.
    pub value: u64,
}

/// Argument of [`DRM_IOCTL_NOVA_GEM_CREATE`].
#[repr(C)]
#[derive(Debug, Default, Copy, Clone)]
pub struct drm_nova_gem_create {
    /// The handle of the new object.
    pub handle: u32,
    /// Should be zero.
    pub pad: u32,
    /// The size that is asked for, in bytes.
    pub size: u64,
}

/// Argument of [`DRM_IOCTL_NOVA_GEM_INFO`].
#[repr(C)]
#[derive(Debug, Default, Copy, Clone)]
pub struct drm_nova_gem_info {
    /// The handle of the object.
    pub handle: u32,
    /// Should be zero.
    pub pad: u32,
    /// The size of the object, in bytes.
    pub size: u64,
}

/// Asks nova about the device or the driver.
pub const DRM_IOCTL_NOVA_GETPARAM: u32 = command::<drm_nova_getparam>(0);
/// Makes nova create an object.
pub const DRM_IOCTL_NOVA_GEM_CREATE: u32 = command::<drm_nova_gem_create>(1);
/// Asks nova about an object.
pub const DRM_IOCTL_NOVA_GEM_INFO: u32 = command::<drm_nova_gem_info>(2);

/// The type of `drm_panthor_dev_query::type_`.
pub type drm_panthor_dev_query_type = u32;
/// The answer is a [`drm_panthor_gpu_info`].
pub const drm_panthor_dev_query_type_DRM_PANTHOR_DEV_QUERY_GPU_INFO: drm_panthor_dev_query_type = 0;

/// Argument of [`DRM_IOCTL_PANTHOR_DEV_QUERY`].
#[repr(C)]
#[derive(Debug, Default, Copy, Clone)]
pub struct drm_panthor_dev_query {
    /// What is asked for.
    pub type_: u32,
    /// The size of the answer's place, or of the answer if there is no place.
    pub size: u32,
    /// Where to put the answer, or zero.
    pub pointer: u64,
}

/// The identification registers of a GPU.
#[repr(C)]
#[derive(Debug, Default, Copy, Clone)]
pub struct drm_panthor_gpu_info {
    /// Model of the GPU.
    pub gpu_id: u32,
    /// Revision of the GPU.
    pub gpu_rev: u32,
    /// Command stream frontend.
    pub csf_id: u32,
    /// Level 2 cache.
    pub l2_features: u32,
    /// Tiler.
    pub tiler_features: u32,
    /// Memory.
    pub mem_features: u32,
    /// Memory management unit.
    pub mmu_features: u32,
    /// Threads.
    pub thread_features: u32,
    /// Largest number of threads.
    pub max_threads: u32,
    /// Largest workgroup.
    pub thread_max_workgroup_size: u32,
    /// Largest number of threads that wait for a barrier.
    pub thread_max_barrier_size: u32,
    /// Coherency protocols.
    pub coherency_features: u32,
    /// Texture formats.
    pub texture_features: [u32; 4],
    /// Address spaces.
    pub as_present: u32,
    /// Coherency protocol in use.
    pub selected_coherency: u32,
    /// Shader cores.
    pub shader_present: u64,
    /// Level 2 caches.
    pub l2_present: u64,
    /// Tilers.
    pub tiler_present: u64,
    /// Cores.
    pub core_features: u32,
    /// Zero.
    pub pad: u32,
    /// Features of newer GPUs.
    pub gpu_features: u64,
}

/// Argument of [`DRM_IOCTL_PANTHOR_VM_CREATE`].
#[repr(C)]
#[derive(Debug, Default, Copy, Clone)]
pub struct drm_panthor_vm_create {
    /// None are defined; zero.
    pub flags: u32,
    /// The name of the new address space.
    pub id: u32,
    /// Size of the part that userspace manages, in bytes; zero for a default.
    pub user_va_range: u64,
}

/// Argument of [`DRM_IOCTL_PANTHOR_VM_DESTROY`].
#[repr(C)]
#[derive(Debug, Default, Copy, Clone)]
pub struct drm_panthor_vm_destroy {
    /// The name of the address space.
    pub id: u32,
    /// Zero.
    pub pad: u32,
}

/// Argument of [`DRM_IOCTL_PANTHOR_BO_CREATE`].
#[repr(C)]
#[derive(Debug, Default, Copy, Clone)]
pub struct drm_panthor_bo_create {
    /// The size that is asked for, and then the size of the object, in bytes.
    pub size: u64,
    /// How the object is used.
    pub flags: u32,
    /// The address space that the object is for, or zero.
    pub exclusive_vm_id: u32,
    /// The handle of the new object.
    pub handle: u32,
    /// Zero.
    pub pad: u32,
}

/// Asks panthor about the device.
pub const DRM_IOCTL_PANTHOR_DEV_QUERY: u32 = command::<drm_panthor_dev_query>(0);
/// Makes panthor create an address space.
pub const DRM_IOCTL_PANTHOR_VM_CREATE: u32 = command::<drm_panthor_vm_create>(1);
/// Makes panthor destroy an address space.
pub const DRM_IOCTL_PANTHOR_VM_DESTROY: u32 = command::<drm_panthor_vm_destroy>(2);
/// Makes panthor create an object.
pub const DRM_IOCTL_PANTHOR_BO_CREATE: u32 = command::<drm_panthor_bo_create>(5);

/// The number of a driver's ioctl that reads and writes a `T`.
const fn command<T>(nr: u32) -> u32 {
    _IOWR::<T>(DRM_IOCTL_BASE, DRM_COMMAND_BASE + nr)
}

/// An ioctl argument: plain integers, as they come from userspace.
///
/// # Safety
///
/// Every pattern of bytes is a valid value, and the alignment is at most 8.
pub unsafe trait Argument: Copy + 'static {}

macro_rules! arguments {
    ($($name:ident),* $(,)?) => {$(
        // SAFETY: All fields are integers of at most 8 bytes.
        unsafe impl Argument for $name {}
    )*};
}

arguments!(
    drm_nova_getparam,
    drm_nova_gem_create,
    drm_nova_gem_info,
    drm_panthor_dev_query,
    drm_panthor_gpu_info,
    drm_panthor_vm_create,
    drm_panthor_vm_destroy,
    drm_panthor_bo_create,
);
