//! The data of a file may be of a type that no two threads may use at once, and ioctls do.
//!
//! `DriverFile` does not ask for `Sync`. `File::inner()` lends the data to every handler, and
//! handlers of one file run on as many threads as userspace likes. With a `Cell` that is a data race;
//! with a `RefCell` of a box, the box is freed twice.
//!
//! Here a handler counts in a `Cell`. The bound `DriverFile: Send + Sync` is missing.
//@ claim: file-thread-safe
//@ generations: linux-7.2
use core::cell::Cell;
use driver::{minimal_driver, syscall, with_parent};
use hw_stub::client::Node;
use kernel::prelude::*;
use kernel::{drm, uapi};

minimal_driver!(Spare, SpareClient, SpareBuffer, data: (), ioctls: {});

struct Gpu;
struct Client(Cell<u64>);

impl drm::file::DriverFile for Client {
    type Driver = Gpu;

    fn open(_dev: &drm::Device<Gpu>) -> Result<Pin<KBox<Self>>> {
        Ok(KBox::new(Self(Cell::new(0)), GFP_KERNEL)?.into())
    }
}

fn handler(
    _dev: &drm::Device<Gpu>,
    arg: &mut uapi::drm_nova_getparam,
    file: &drm::File<Client>,
) -> Result<u32> {
    let count = &file.inner().get_ref().0;
    count.set(count.get() + 1);
    arg.value = count.get();
    Ok(0)
}

#[vtable]
impl drm::Driver for Gpu {
    type Data = ();
    type Object<Ctx: drm::DeviceContext> = drm::gem::Object<SpareBuffer, Ctx>;
    type File = Client;

    const INFO: drm::DriverInfo = Spare::INFO;

    kernel::declare_drm_ioctls! {
        (NOVA_GETPARAM, drm_nova_getparam, 0, handler),
    }
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        drm::Registration::new_foreign_owned(dev, parent, 0)?;
        let file = syscall(Node::primary(0).open())?;
        let count = || {
            let mut arg = uapi::drm_nova_getparam::default();
            file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg)
        };
        std::thread::scope(|scope| {
            let threads = [scope.spawn(count), scope.spawn(count)];
            threads.map(|thread| thread.join().map_err(|_| EIO)?.map_err(|_| EIO));
        });
        Ok(())
    })
}
