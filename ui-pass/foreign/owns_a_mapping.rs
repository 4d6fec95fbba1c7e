//! Data of a registration that the bus owns holds mapped registers, which handlers read and which
//! are unmapped before the platform device is unbound.
//@ claim: foreign-owned-borrows-parent-only
use driver::{minimal_driver, refused, syscall, Loaded};
use hw_stub::bus::PlatformDevice;
use hw_stub::client::{File, Node};
use kernel::alloc::{flags::GFP_KERNEL, KBox};
use kernel::device::{Bound, Core};
use kernel::drm::{self, Device, Registered};
use kernel::error::{code::ENODEV, to_result, Error, Result};
use kernel::io::mem::ExclusiveIoMem;
use kernel::io::Io;
use kernel::prelude::{Pin, PinInit};
use kernel::{of, platform, uapi};

const GPU_ID: usize = 0;

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
registration_data<'a>: ExclusiveIoMem<'a, 4096>, parent: platform, ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, gpu_id),
});

fn gpu_id(
    _dev: &Device<Gpu, Registered>,
    registers: &ExclusiveIoMem<'_, 4096>,
    arg: &mut uapi::drm_nova_getparam,
    _file: &drm::File<GpuClient>,
) -> Result<u32> {
    arg.value = registers.read32(GPU_ID).into();
    Ok(0)
}

fn map(pdev: &platform::Device<Bound>) -> Result<Pin<KBox<ExclusiveIoMem<'_, 4096>>>> {
    let request = pdev.io_request_by_index(0).ok_or(ENODEV)?;
    Ok(KBox::new(request.iomap_exclusive_sized()?, GFP_KERNEL)?.into())
}

kernel::of_device_table!(
    TABLE,
    (),
    [(of::DeviceId::new(c"arm,mali-valhall-csf"), ())]
);

impl platform::Driver for Gpu {
    type IdInfo = ();
    type Data<'bound> = ();
    const OF_ID_TABLE: Option<of::IdTable<Self::IdInfo>> = Some(&TABLE);

    fn probe<'bound>(
        pdev: &'bound platform::Device<Core<'_>>,
        _info: Option<&'bound ()>,
    ) -> impl PinInit<(), Error> + 'bound {
        let dev = drm::UnregisteredDevice::<Gpu>::new(pdev, Ok(()))?;
        drm::Registration::<Gpu>::new_foreign_owned_with(pdev, dev, map, 0).map(drop)
    }
}

kernel::module_platform_driver! {
    type: Gpu,
    name: "owns-a-mapping",
    license: "Dual MIT/Apache-2.0",
}

pub fn main() -> Result {
    let module = (DriverModule::init_module, DriverModule::cleanup_module);
    // SAFETY: Both functions are the module's, and nobody else calls them.
    let _module = unsafe { Loaded::new(module.0, module.1) }?;
    let device = PlatformDevice::builder("gpu")
        .compatible("arm,mali-valhall-csf")
        .gpu()
        .add();
    to_result(device.probe_result().unwrap_or_default())?;
    let file = syscall(Node::primary(0).open())?;
    assert_ne!(ask(&file)?, 0);
    device.unbind();
    refused(ask(&file), ENODEV)
}

fn ask(file: &File) -> Result<u64> {
    let mut arg = uapi::drm_nova_getparam::default();
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg))?;
    Ok(arg.value)
}
