//! The data of a file may be a `Cell`, and is used by two threads at once.
//!
//! `drm::file::DriverFile` asks for no `Sync`. Two threads of a client call ioctls of one file at the
//! same time, and both handlers are lent its data by `File::inner`: they race. Here two threads count
//! in a `Cell`, and one of the two counts is lost. With a `RefCell<KBox<_>>`, a box is freed twice.
//! The race itself is nothing that a program could be caught at.
//!
//! Where: `rust/kernel/drm/file.rs`, `DriverFile` and `File::inner`.
//!
//! To close it: `pub trait DriverFile: Send + Sync + 'static`.
//@ claim: file-thread-safe
//@ generations: linux-7.3
use core::cell::Cell;
use driver::{syscall, with_parent, with_registered, LocalModule};
use hw_stub::client::{File, Node};
use kernel::prelude::*;
use kernel::{device, drm, faux, uapi};
use std::sync::Barrier;
use std::thread;

struct Gpu;
struct Client {
    calls: Cell<u64>,
}
struct Buffer;

/// Reached by both handlers when they have read the count.
static BOTH_HAVE_READ: Barrier = Barrier::new(2);

impl drm::file::DriverFile for Client {
    type Driver = Gpu;

    fn open(_: &drm::Device<Gpu>) -> Result<Pin<KBox<Self>>> {
        let calls = Cell::new(0);
        Ok(KBox::new(Client { calls }, GFP_KERNEL)?.into())
    }
}

impl drm::gem::DriverObject for Buffer {
    type Driver = Gpu;
    type Args = ();

    fn new(_: &drm::Device<Gpu>, _: usize, _: ()) -> impl PinInit<Self, Error> {
        Ok(Self)
    }
}

#[vtable]
impl drm::Driver for Gpu {
    type Data = ();
    type RegistrationData<'a> = ();
    type Object = drm::gem::Object<Buffer>;
    type File = Client;
    type ParentDevice<Ctx: device::DeviceContext> = faux::Device<Ctx>;

    const INFO: drm::DriverInfo = driver::Probe::INFO;

    kernel::declare_drm_ioctls! {
        (NOVA_GETPARAM, drm_nova_getparam, drm::ioctl::AUTH, count),
    }
}

fn count(
    _dev: &drm::Device<Gpu, drm::Registered>,
    _data: &(),
    arg: &mut uapi::drm_nova_getparam,
    file: &drm::File<Client>,
) -> Result<u32> {
    let calls = &file.inner().get_ref().calls;
    arg.value = calls.get() + 1;
    BOTH_HAVE_READ.wait();
    calls.set(arg.value);
    Ok(0)
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        with_registered(parent.as_ref(), dev, (), |_| {
            let file = syscall(Node::primary(0).open())?;
            let counts = thread::scope(|scope| {
                let threads = [(); 2].map(|()| scope.spawn(|| ask(&file)));
                threads.map(|thread| thread.join().unwrap_or(Ok(0)))
            });
            assert_eq!(counts, [Ok(1), Ok(1)]);
            Ok(())
        })
    })
}

fn ask(file: &File) -> Result<u64> {
    let mut arg = uapi::drm_nova_getparam::default();
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg))?;
    Ok(arg.value)
}
