//! The data of a file may be bound to a thread, and is dropped on another.
//!
//! `drm::file::DriverFile` asks for no `Send`. `open` runs on the thread that opens the node, and
//! the data is dropped by whichever thread has the file last: a file descriptor can be sent. Here a
//! file keeps an RCU read-side section, which ends on a thread that never entered one.
//!
//! Where: `rust/kernel/drm/file.rs`, `DriverFile` and `File::postclose_callback`.
//!
//! To close it: `pub trait DriverFile: Send + Sync + 'static`.
//@ claim: file-thread-safe
//@ generations: linux-7.3
//@ violation: lock-misuse
use driver::{syscall, with_parent, with_registered, LocalModule};
use hw_stub::client::Node;
use kernel::prelude::*;
use kernel::sync::rcu;
use kernel::{device, drm, faux};
use std::thread;

struct Gpu;
struct Client {
    _section: rcu::Guard,
}
struct Buffer;

impl drm::file::DriverFile for Client {
    type Driver = Gpu;

    fn open(_: &drm::Device<Gpu>) -> Result<Pin<KBox<Self>>> {
        let client = Client {
            _section: rcu::read_lock(),
        };
        Ok(KBox::new(client, GFP_KERNEL)?.into())
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

    kernel::declare_drm_ioctls! {}
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        with_registered(parent.as_ref(), dev, (), |_| {
            let file = syscall(Node::primary(0).open())?;
            thread::scope(|scope| {
                scope.spawn(move || drop(file));
            });
            Ok(())
        })
    })
}
