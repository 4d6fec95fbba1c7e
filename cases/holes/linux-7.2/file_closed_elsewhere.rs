//! The data of a file may belong to the thread that opened it, and is dropped on another.
//!
//! `DriverFile` does not ask for `Send`. `open` runs on the thread that opens a node, and the data
//! is dropped by whoever has the file last: a client may send it to another process.
//!
//! Here a file holds an RCU read-side section, which then ends on a thread that never began one. The
//! bound `DriverFile: Send + Sync` is missing.
//@ claim: file-thread-safe
//@ generations: linux-7.2
//@ violation: lock-misuse
use driver::{minimal_driver, syscall, with_parent};
use hw_stub::client::Node;
use kernel::drm;
use kernel::prelude::*;
use kernel::sync::rcu;

minimal_driver!(Spare, SpareClient, SpareBuffer, data: (), ioctls: {});

struct Gpu;
struct Client {
    _section: rcu::Guard,
}

impl drm::file::DriverFile for Client {
    type Driver = Gpu;

    fn open(_dev: &drm::Device<Gpu>) -> Result<Pin<KBox<Self>>> {
        let _section = rcu::Guard::new();
        Ok(KBox::new(Self { _section }, GFP_KERNEL)?.into())
    }
}

#[vtable]
impl drm::Driver for Gpu {
    type Data = ();
    type Object<Ctx: drm::DeviceContext> = drm::gem::Object<SpareBuffer, Ctx>;
    type File = Client;

    const INFO: drm::DriverInfo = Spare::INFO;

    kernel::declare_drm_ioctls! {}
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        drm::Registration::new_foreign_owned(dev, parent, 0)?;
        let file = syscall(Node::primary(0).open())?;
        std::thread::scope(|scope| {
            scope.spawn(move || file.close());
        });
        Ok(())
    })
}
