//! Open files of a client, and the system calls on them.

use bindings::{file, file_operations, inode, vm_area_struct};

use super::{run_as, Credentials};
use crate::abi::{key, pointer};
use crate::arena::{self, Fill, Purpose};
use crate::drm::{core_ioctl, device, minor, mmap, user::Given};
use crate::{fault, Errno};

/// An open file; dropping it closes it.
///
/// # Invariants
///
/// The file was opened through its operations, and is released through them once, when this is
/// dropped; its memory is freed after that.
#[derive(Debug)]
pub struct File {
    memory: Memory,
    credentials: Credentials,
}

/// The kernel's side of an open file: addresses of arena memory, freed when this is dropped.
#[derive(Debug)]
struct Memory {
    filp: usize,
    inode: usize,
}

impl File {
    /// `drivers/gpu/drm/drm_drv.c: drm_stub_open`: the node is looked up for the driver's file
    /// operations, whose `open` looks it up again.
    pub(super) fn open(index: u32, credentials: Credentials) -> Result<Self, Errno> {
        if fault::fails("open") {
            return Err(Errno(libc::ENOMEM));
        }
        let minor = minor::acquire("drm_stub_open", index).map_err(|error| Errno(-error))?;
        // SAFETY: A minor that was acquired has its device, whose driver outlives it.
        let (dev, operations) = unsafe { ((*minor).dev, (*(*(*minor).dev).driver).fops) };
        let memory = Memory::new(index, operations);
        let result = run_as(credentials, || memory.open());
        device::put("drm_stub_open", dev);
        Errno::check(result.into())?;
        // INVARIANT: `open` has succeeded, and only `drop` calls `release`.
        Ok(Self {
            memory,
            credentials,
        })
    }

    /// Calls an ioctl whose argument is `arg`, and returns what it returned.
    pub fn ioctl<A: Copy>(&self, cmd: u32, arg: &mut A) -> Result<i32, Errno> {
        let address = key(arg);
        // SAFETY: `arg` is borrowed exclusively for the whole call. A `Copy` type has no drop glue,
        // and what is written to it is what the caller asked the ioctl for.
        let _given = unsafe { Given::new(address, std::mem::size_of::<A>()) };
        self.ioctl_raw(cmd, address)
    }

    /// Calls an ioctl with any argument. An address that no call was given is refused with
    /// `EFAULT` when the ioctl reads or writes it.
    pub fn ioctl_raw(&self, cmd: u32, arg: usize) -> Result<i32, Errno> {
        let Some(ioctl) = self.memory.operations().unlocked_ioctl else {
            return Err(Errno(libc::ENOTTY));
        };
        // SAFETY: By the invariant the file is open.
        let result = run_as(self.credentials, || unsafe {
            ioctl(self.memory.filp(), cmd, arg)
        });
        Errno::check(result as i64).map(|value| value as i32)
    }

    /// Reads events; `EAGAIN` when there is none, for clients never block.
    pub fn read(&self, buffer: &mut [u8]) -> Result<usize, Errno> {
        let Some(read) = self.memory.operations().read else {
            return Err(Errno(libc::EINVAL));
        };
        let mut offset = 0;
        let (start, size) = (buffer.as_mut_ptr(), buffer.len());
        // SAFETY: By the invariant the file is open; the buffer is borrowed for the whole call.
        let read = || unsafe { read(self.memory.filp(), start, size, &mut offset) };
        Errno::check(run_as(self.credentials, read) as i64).map(|value| value as usize)
    }

    /// Maps `size` bytes at `offset`; the result keeps what is mapped alive until it is dropped.
    pub fn mmap(&self, offset: u64, size: usize) -> Result<Mapping, Errno> {
        let Some(mmap) = self.memory.operations().mmap else {
            return Err(Errno(libc::ENODEV));
        };
        let mapping = Mapping::new(offset, size);
        // SAFETY: By the invariant the file is open; the mapping is only just being made.
        let map = || unsafe { mmap(self.memory.filp(), mapping.vma()) };
        Errno::check(run_as(self.credentials, map).into())?;
        Ok(mapping)
    }

    /// `DRM_IOCTL_VERSION`: major, minor and patch level of the driver.
    pub fn version(&self) -> Result<(i32, i32, i32), Errno> {
        let mut argument = [0i32; 16];
        self.ioctl(core_ioctl::VERSION, &mut argument)?;
        Ok((argument[0], argument[1], argument[2]))
    }

    /// `DRM_IOCTL_GEM_CLOSE`: gives a handle back.
    pub fn gem_close(&self, handle: u32) -> Result<(), Errno> {
        self.ioctl(core_ioctl::GEM_CLOSE, &mut [handle, 0])
            .map(drop)
    }

    /// `DRM_IOCTL_GET_MAGIC`: the number by which the master authenticates this client.
    pub fn get_magic(&self) -> Result<u32, Errno> {
        let mut magic = 0u32;
        self.ioctl(core_ioctl::GET_MAGIC, &mut magic)?;
        Ok(magic)
    }

    /// `DRM_IOCTL_AUTH_MAGIC`: authenticates the client with this number.
    pub fn auth_magic(&self, mut magic: u32) -> Result<(), Errno> {
        self.ioctl(core_ioctl::AUTH_MAGIC, &mut magic).map(drop)
    }

    /// `DRM_IOCTL_SET_MASTER`.
    pub fn set_master(&self) -> Result<(), Errno> {
        self.ioctl_raw(core_ioctl::SET_MASTER, 0).map(drop)
    }

    /// `DRM_IOCTL_DROP_MASTER`.
    pub fn drop_master(&self) -> Result<(), Errno> {
        self.ioctl_raw(core_ioctl::DROP_MASTER, 0).map(drop)
    }

    /// Closes the file, as dropping it does.
    pub fn close(self) {
        drop(self);
    }

    /// The kernel's `drm_file`, for programs that call C functions themselves.
    pub fn as_raw(&self) -> *mut bindings::drm_file {
        // SAFETY: By the invariant the file is open.
        unsafe { (*self.memory.filp()).private_data.cast() }
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let Some(release) = self.memory.operations().release else {
            return;
        };
        let (inode, filp) = (pointer(self.memory.inode), self.memory.filp());
        // SAFETY: By the invariant the file is open; nobody else has it, so no call is running.
        run_as(self.credentials, || unsafe { release(inode, filp) });
    }
}

impl Memory {
    fn new(index: u32, operations: *const file_operations) -> Self {
        let inode_memory = zeroed::<inode>("an inode");
        let filp = zeroed::<file>("a file");
        // SAFETY: Both were just allocated, zeroed and large enough.
        unsafe {
            (*inode_memory).i_rdev = bindings::DRM_MAJOR << 20 | index;
            (*filp).f_inode = inode_memory;
            (*filp).f_op = operations;
            (*filp).f_flags = (libc::O_RDWR | libc::O_NONBLOCK) as u32;
        }
        Self {
            filp: key(filp),
            inode: key(inode_memory),
        }
    }

    fn open(&self) -> i32 {
        let Some(open) = self.operations().open else {
            return 0;
        };
        // SAFETY: This is where the VFS calls it, with a file that is not open yet.
        unsafe { open(pointer(self.inode), self.filp()) }
    }

    fn filp(&self) -> *mut file {
        pointer(self.filp)
    }

    fn operations(&self) -> &'static file_operations {
        // SAFETY: The memory is freed by `drop` at the earliest; a driver's operations outlive its
        // devices, which open files keep alive.
        unsafe { &*(*self.filp()).f_op }
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        arena::free("fput", self.filp);
        arena::free("iput", self.inode);
    }
}

/// A mapping; dropping it undoes it.
#[derive(Debug)]
pub struct Mapping {
    vma: usize,
}

impl Mapping {
    fn new(offset: u64, size: usize) -> Self {
        let vma = zeroed::<vm_area_struct>("a mapping");
        // SAFETY: It was just allocated, zeroed and large enough.
        unsafe { (*vma).vm_pgoff = (offset / 4096) as usize };
        mmap::set_size(vma, size);
        Self { vma: key(vma) }
    }

    fn vma(&self) -> *mut vm_area_struct {
        pointer(self.vma)
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        mmap::unmap(self.vma());
        arena::free("munmap", self.vma);
    }
}

fn zeroed<T>(name: &str) -> *mut T {
    arena::alloc(std::mem::size_of::<T>(), 8, Purpose::Core, name, Fill::Zero).cast()
}
