//! Parts of a table: what begins late or has a gap is refused, wherever it comes from.
//!
//! The compiler evaluates the check only when it generates code, so no case of `ui-fail/` can show it.

// What a table points to calls C.
extern crate hw_stub as _;

use super::*;
use crate::drm::{gem, Device, Registered};
use crate::prelude::*;
use crate::{device, faux};
use std::panic::catch_unwind;

struct LocalModule;

impl crate::ModuleMetadata for LocalModule {
    const NAME: &'static CStr = c"ioctls";
    // SAFETY: A module that is built in has no `struct module`.
    const THIS_MODULE: crate::ThisModule =
        unsafe { crate::ThisModule::from_ptr(core::ptr::null_mut()) };
}

struct Gpu;

struct Client;

impl drm::file::DriverFile for Client {
    type Driver = Gpu;

    fn open(_dev: &Device<Gpu>) -> Result<Pin<KBox<Self>>> {
        Err(ENODEV)
    }
}

struct Buffer;

impl gem::DriverObject for Buffer {
    type Driver = Gpu;
    type Args = ();

    fn new(_dev: &Device<Gpu>, _size: usize, _args: ()) -> impl PinInit<Self, Error> {
        Ok(Self)
    }
}

#[vtable]
impl drm::Driver for Gpu {
    type OwnerModule = LocalModule;
    type Data = ();
    type RegistrationData<'a> = ();
    type Object = gem::Object<Buffer>;
    type File = Client;
    type ParentDevice<Ctx: device::DeviceContext> = faux::Device<Ctx>;

    const INFO: drm::DriverInfo = drm::DriverInfo {
        major: 0,
        minor: 0,
        patchlevel: 0,
        name: c"ioctls",
        desc: c"ioctls",
    };

    crate::declare_drm_ioctls! {
        (NOVA_GETPARAM, drm_nova_getparam, 0, Gpu::handler),
        (NOVA_GEM_CREATE, drm_nova_gem_create, 0, Gpu::handler),
    }
}

impl Gpu {
    fn handler<A>(
        _dev: &Device<Self, Registered>,
        _data: &(),
        _arg: &mut A,
        _file: &drm::File<Client>,
    ) -> Result<u32> {
        Ok(0)
    }
}

fn table() -> &'static [DrmIoctlDescriptor<Gpu>] {
    <Gpu as drm::Driver>::IOCTLS
}

#[test]
fn the_beginning_of_a_table_is_a_table() {
    assert_in_order(table());
    assert_in_order(&table()[..1]);
    assert_in_order(&table()[..0]);
}

#[test]
fn the_end_of_a_table_is_none() {
    catch_unwind(|| assert_in_order(&table()[1..])).expect_err("the first number is missing");
}
