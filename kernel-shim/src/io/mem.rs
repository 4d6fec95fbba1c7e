//! Mapped device memory.
//!
//! A mapping cannot outlive the binding of its device: the lifetime is that of the `&Device<Bound>`
//! that it was asked for with.

use super::private::Region;
use super::resource::Resource;
use super::Io;
use crate::device::{Bound, Device};
use crate::error::code::{EBUSY, EINVAL, ENOMEM};
use crate::error::Result;
use crate::ffi::c_void;
use crate::str::CStrExt;
use core::marker::PhantomData;
use core::ptr::NonNull;

/// The right to map a resource of a bound device.
pub struct IoRequest<'a> {
    device: &'a Device<Bound>,
    resource: &'a Resource,
}

impl<'a> IoRequest<'a> {
    /// # Safety
    ///
    /// `resource` belongs to `device`.
    pub(crate) unsafe fn new(device: &'a Device<Bound>, resource: &'a Resource) -> Self {
        IoRequest { device, resource }
    }

    /// Maps the resource, which must have at least `SIZE` bytes.
    pub fn iomap_sized<const SIZE: usize>(self) -> Result<IoMem<'a, SIZE>> {
        IoMem::ioremap(self.device, self.resource)
    }

    /// Like [`IoRequest::iomap_sized`], for one driver alone.
    pub fn iomap_exclusive_sized<const SIZE: usize>(self) -> Result<ExclusiveIoMem<'a, SIZE>> {
        ExclusiveIoMem::ioremap(self.device, self.resource)
    }

    /// Maps the resource.
    pub fn iomap(self) -> Result<IoMem<'a>> {
        self.iomap_sized::<0>()
    }
}

/// Mapped device memory of at least `SIZE` bytes.
///
/// # Invariants
///
/// `size` bytes from `base` are mapped by `ioremap`, which is not less than `SIZE`, and the device
/// is bound during `'a`.
pub struct IoMem<'a, const SIZE: usize = 0> {
    base: NonNull<c_void>,
    size: usize,
    _device: PhantomData<&'a Device<Bound>>,
}

// SAFETY: Device memory may be accessed, and unmapped, on any thread.
unsafe impl<const SIZE: usize> Send for IoMem<'_, SIZE> {}

// SAFETY: Register accesses of several threads do not disturb each other.
unsafe impl<const SIZE: usize> Sync for IoMem<'_, SIZE> {}

impl<'a, const SIZE: usize> IoMem<'a, SIZE> {
    fn ioremap(_device: &'a Device<Bound>, resource: &Resource) -> Result<Self> {
        let size = usize::try_from(resource.size())?;
        if size == 0 || size < SIZE {
            return Err(EINVAL);
        }
        // SAFETY: The range belongs to a resource.
        let base = unsafe { bindings::ioremap(resource.start(), size) };
        // INVARIANT: The mapping is new, and its size was checked.
        Ok(Self {
            base: NonNull::new(base).ok_or(ENOMEM)?,
            size,
            _device: PhantomData,
        })
    }
}

impl<const SIZE: usize> Drop for IoMem<'_, SIZE> {
    fn drop(&mut self) {
        // SAFETY: It is mapped by the type invariant and never used again.
        unsafe { bindings::iounmap(self.base.as_ptr()) };
    }
}

// SAFETY: The type invariants say so.
unsafe impl<const SIZE: usize> Region for IoMem<'_, SIZE> {
    const MIN_SIZE: usize = SIZE;

    fn base(&self) -> NonNull<c_void> {
        self.base
    }

    fn size(&self) -> usize {
        self.size
    }
}

impl<const SIZE: usize> Io for IoMem<'_, SIZE> {}

/// Mapped device memory that no other driver has.
pub struct ExclusiveIoMem<'a, const SIZE: usize = 0> {
    iomem: IoMem<'a, SIZE>,
    _claim: Claim,
}

impl<'a, const SIZE: usize> ExclusiveIoMem<'a, SIZE> {
    fn ioremap(device: &'a Device<Bound>, resource: &Resource) -> Result<Self> {
        let claim = Claim::new(resource)?;
        Ok(Self {
            iomem: IoMem::ioremap(device, resource)?,
            _claim: claim,
        })
    }
}

// SAFETY: The mapping says so.
unsafe impl<const SIZE: usize> Region for ExclusiveIoMem<'_, SIZE> {
    const MIN_SIZE: usize = SIZE;

    fn base(&self) -> NonNull<c_void> {
        self.iomem.base()
    }

    fn size(&self) -> usize {
        self.iomem.size()
    }
}

impl<const SIZE: usize> Io for ExclusiveIoMem<'_, SIZE> {}

/// A claim to a range of physical memory.
///
/// # Invariants
///
/// `request_mem_region` succeeded for the range, and it was not released since.
struct Claim {
    start: super::PhysAddr,
    size: super::ResourceSize,
}

impl Claim {
    fn new(resource: &Resource) -> Result<Self> {
        let (start, size) = (resource.start(), resource.size());
        // SAFETY: Any range may be asked for; the name is static.
        let region =
            unsafe { bindings::request_mem_region(start, size, c"exclusive".as_char_ptr()) };
        if region.is_null() {
            return Err(EBUSY);
        }
        // INVARIANT: The request succeeded.
        Ok(Self { start, size })
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        // SAFETY: The range is claimed by the type invariant.
        unsafe { bindings::release_mem_region(self.start, self.size) };
    }
}
