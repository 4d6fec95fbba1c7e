//! The flags of an ioctl decide who may call it, on the primary node and on the render node.
//@ claim: ioctl-belongs-to-driver
//@ generations: api, linux-7.3
use driver::{refused, syscall, with_parent, LocalModule as Module};
use hw_stub::client::{Credentials, File, Node};
use kernel::drm::{self, gem, ioctl, Device, Registered};
use kernel::error::{code::EACCES, Result};
use kernel::prelude::*;
use kernel::{device, faux, uapi};

struct Gpu;

struct Client;

impl drm::file::DriverFile for Client {
    type Driver = Gpu;

    fn open(_dev: &Device<Gpu>) -> Result<Pin<KBox<Self>>> {
        Ok(KBox::new(Self, GFP_KERNEL)?.into())
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
    type OwnerModule = Module;
    type Data = ();
    type RegistrationData<'a> = ();
    type Object = gem::Object<Buffer>;
    type File = Client;
    type ParentDevice<Ctx: device::DeviceContext> = faux::Device<Ctx>;

    const INFO: drm::DriverInfo = drm::DriverInfo {
        major: 0,
        minor: 0,
        patchlevel: 0,
        name: c"strict",
        desc: c"Asks who calls",
    };
    const FEAT_RENDER: bool = true;

    kernel::declare_drm_ioctls! {
        (PANTHOR_DEV_QUERY, drm_panthor_dev_query, ioctl::AUTH | ioctl::RENDER_ALLOW,
            Gpu::allow::<uapi::drm_panthor_dev_query>),
        (PANTHOR_VM_CREATE, drm_panthor_vm_create, ioctl::MASTER,
            Gpu::allow::<uapi::drm_panthor_vm_create>),
        (PANTHOR_VM_DESTROY, drm_panthor_vm_destroy, ioctl::ROOT_ONLY,
            Gpu::allow::<uapi::drm_panthor_vm_destroy>),
    }
}

impl Gpu {
    fn allow<A>(
        _dev: &Device<Gpu, Registered>,
        _data: &(),
        _arg: &mut A,
        _file: &drm::File<Client>,
    ) -> Result<u32> {
        Ok(0)
    }
}

/// Whether a client may call each of the three.
type Rights = [bool; 3];

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        // SAFETY: The registration is dropped at the end of this closure, below a bound parent.
        let _registration = unsafe { drm::Registration::new(parent.as_ref(), dev, (), 0) }?;
        let master = syscall(Node::primary(0).open())?;
        let second = syscall(Node::primary(0).open())?;
        let root = syscall(Node::primary(0).open_as(Credentials { root: true }))?;
        let render = syscall(Node::render(0).open())?;
        check(&master, [true, true, false])?;
        check(&second, [false, false, false])?;
        check(&root, [true, false, true])?;
        check(&render, [true, false, false])?;
        syscall(master.auth_magic(syscall(second.get_magic())?))?;
        check(&second, [true, false, false])
    })
}

fn check(file: &File, [auth, master, root]: Rights) -> Result {
    let mut query = uapi::drm_panthor_dev_query::default();
    let mut create = uapi::drm_panthor_vm_create::default();
    let mut destroy = uapi::drm_panthor_vm_destroy::default();
    let result = file.ioctl(uapi::DRM_IOCTL_PANTHOR_DEV_QUERY, &mut query);
    expect(syscall(result), auth)?;
    let result = file.ioctl(uapi::DRM_IOCTL_PANTHOR_VM_CREATE, &mut create);
    expect(syscall(result), master)?;
    let result = file.ioctl(uapi::DRM_IOCTL_PANTHOR_VM_DESTROY, &mut destroy);
    expect(syscall(result), root)
}

fn expect(result: Result<i32>, is_allowed: bool) -> Result {
    if is_allowed {
        return result.map(drop);
    }
    refused(result, EACCES)
}
