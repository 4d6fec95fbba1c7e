//! A GPU driver in the shape of tyr: it serves a platform device with clocks, regulators and mapped
//! registers, resets the GPU, powers its cache, reads what it is, and looks after it from a work
//! item.
//!
//! It is written as for the kernel and contains nothing that the compiler does not check. The
//! program around it plays the firmware.

use super::{
    firmware,
    gpu::{
        self,
        Clocks,
        GpuInfo,
        IoMem,
        Regulators, //
    }, //
};

use kernel::{
    device::{
        Bound,
        Core,
        Device,
        DeviceContext, //
    },
    drm::{
        self,
        gem,
        gem::BaseObject,
        ioctl,
        EverRegistered,
        Registered, //
    },
    impl_has_work,
    new_mutex,
    new_work,
    of,
    page,
    platform,
    prelude::*,
    sizes::SZ_2M,
    sync::{
        aref::ARef,
        Mutex, //
    },
    uapi,
    workqueue::{
        self,
        Work,
        WorkItem, //
    }, //
};

type TyrDevice<Ctx = drm::Normal> = drm::Device<TyrDriver, Ctx>;

/// The driver on the platform bus.
pub struct TyrPlatformDriver;

/// The DRM driver.
pub struct TyrDriver;

/// What the driver keeps while it is bound to a platform device.
pub struct Tyr {
    drm: EverRegistered<TyrDriver>,
}

kernel::of_device_table!(
    OF_TABLE,
    <TyrPlatformDriver as platform::Driver>::IdInfo,
    [
        (of::DeviceId::new(c"rockchip,rk3588-mali"), ()),
        (of::DeviceId::new(c"arm,mali-valhall-csf"), ())
    ]
);

impl platform::Driver for TyrPlatformDriver {
    type IdInfo = ();
    type Data<'bound> = Tyr;
    const OF_ID_TABLE: Option<of::IdTable<Self::IdInfo>> = Some(&OF_TABLE);

    fn probe<'bound>(
        pdev: &'bound platform::Device<Core<'_>>,
        _info: Option<&'bound Self::IdInfo>,
    ) -> impl PinInit<Self::Data<'bound>, Error> + 'bound {
        let unregistered = drm::UnregisteredDevice::<TyrDriver>::new(pdev, data())?;
        let firmware = gem::Object::<Bo>::new(&unregistered, page::PAGE_SIZE, ())?;
        let drm = drm::Registration::<TyrDriver>::new_foreign_owned_with(
            pdev,
            unregistered,
            |pdev| RegistrationData::new(pdev, firmware),
            0,
        )?;

        let drm = EverRegistered::from(drm);
        // It cannot be queued already: nobody else has queued it.
        let _ = workqueue::system().enqueue::<_, 0>(drm.clone());

        dev_info!(pdev, "probed\n");
        Ok(Tyr { drm })
    }

    fn unbind(pdev: &platform::Device<Core<'_>>, this: Pin<&Tyr>) {
        dev_info!(pdev, "looked after {} times\n", *this.drm.checks.lock());
    }
}

/// What a device keeps, registered or not.
#[pin_data]
pub struct Data {
    #[pin]
    work: Work<TyrDevice>,
    #[pin]
    checks: Mutex<u32>,
}

fn data() -> impl PinInit<Data, Error> {
    try_pin_init!(Data {
        work <- new_work!("tyr-like"),
        checks <- new_mutex!(0),
    })
}

impl_has_work! {
    impl HasWork<TyrDevice> for Data { self.work }
}

impl WorkItem for Data {
    type Pointer = EverRegistered<TyrDriver>;

    fn run(drm: EverRegistered<TyrDriver>) {
        // Whoever comes too late finds no registers to look at.
        let Some(guard) = drm.registration_guard() else {
            return;
        };
        if guard.registration_data_with(|data| data.is_healthy()) {
            *guard.checks.lock() += 1;
        }
    }
}

/// What the driver keeps while userspace can reach its device.
#[pin_data]
pub struct RegistrationData<'drm> {
    pdev: &'drm platform::Device<Bound>,
    firmware: ARef<gem::Object<Bo>>,
    gpu_info: GpuInfo,
    // Unmapped before the clocks stop.
    iomem: IoMem<'drm>,
    #[pin]
    clocks: Mutex<Clocks>,
    #[pin]
    regulators: Mutex<Regulators>,
}

impl<'drm> RegistrationData<'drm> {
    fn new(
        pdev: &'drm platform::Device<Bound>,
        firmware: ARef<gem::Object<Bo>>,
    ) -> Result<Pin<KBox<Self>>> {
        let clocks = Clocks::start(pdev.as_ref())?;
        let regulators = Regulators::enable(pdev.as_ref())?;
        let request = pdev.io_request_by_index(0).ok_or(ENODEV)?;
        let iomem = request.iomap_sized::<SZ_2M>()?;

        gpu::issue_soft_reset(pdev.as_ref(), &iomem)?;
        gpu::power_l2_on(pdev.as_ref(), &iomem)?;
        let gpu_info = GpuInfo::read(&iomem);
        gpu_info.log(pdev.as_ref());

        KBox::pin_init(
            try_pin_init!(Self {
                pdev,
                firmware,
                gpu_info,
                iomem,
                clocks <- new_mutex!(clocks),
                regulators <- new_mutex!(regulators),
            }),
            GFP_KERNEL,
        )
    }

    fn is_healthy(&self) -> bool {
        self.gpu_info.is_confirmed(&self.iomem)
    }
}

#[vtable]
impl drm::Driver for TyrDriver {
    // This file is not the root of its crate, where `#[vtable]` would look for the module.
    type OwnerModule = LocalModule;
    type Data = Data;
    type RegistrationData<'drm> = RegistrationData<'drm>;
    type File = File;
    type Object = gem::Object<Bo>;
    type ParentDevice<Ctx: DeviceContext> = platform::Device<Ctx>;

    const INFO: drm::DriverInfo = drm::DriverInfo {
        major: 1,
        minor: 5,
        patchlevel: 0,
        name: c"tyr-like",
        desc: c"Graphics and compute, on the platform bus",
    };
    const FEAT_RENDER: bool = true;

    kernel::declare_drm_ioctls! {
        (PANTHOR_DEV_QUERY, drm_panthor_dev_query, ioctl::RENDER_ALLOW, File::dev_query),
        (PANTHOR_VM_CREATE, drm_panthor_vm_create, ioctl::RENDER_ALLOW, File::vm_create),
        (PANTHOR_VM_DESTROY, drm_panthor_vm_destroy, ioctl::RENDER_ALLOW, File::vm_destroy),
    }
}

/// What the driver keeps for an open file: a bit for each address space in use.
#[pin_data]
pub struct File {
    #[pin]
    vms: Mutex<u32>,
}

impl drm::file::DriverFile for File {
    type Driver = TyrDriver;

    fn open(_dev: &TyrDevice) -> Result<Pin<KBox<Self>>> {
        KBox::pin_init(try_pin_init!(Self { vms <- new_mutex!(0) }), GFP_KERNEL)
    }
}

impl File {
    fn dev_query(
        dev: &TyrDevice<Registered>,
        data: &RegistrationData<'_>,
        arg: &mut uapi::drm_panthor_dev_query,
        _file: &drm::File<File>,
    ) -> Result<u32> {
        let parent: &platform::Device<Bound> = dev.as_ref();
        let bus: (&Device<Bound>, &Device<Bound>) = (parent.as_ref(), data.pdev.as_ref());
        if bus.0.name() != bus.1.name() || !data.is_healthy() {
            return Err(ENXIO);
        }
        // Copying the answer to userspace is beyond this driver.
        let is_known = arg.type_ == uapi::drm_panthor_dev_query_type_DRM_PANTHOR_DEV_QUERY_GPU_INFO;
        if arg.pointer != 0 || !is_known {
            return Err(EINVAL);
        }
        firmware::ask(data.firmware.size());
        arg.size = size_of::<uapi::drm_panthor_gpu_info>() as u32;
        Ok(0)
    }

    fn vm_create(
        _dev: &TyrDevice<Registered>,
        data: &RegistrationData<'_>,
        arg: &mut uapi::drm_panthor_vm_create,
        file: &drm::File<File>,
    ) -> Result<u32> {
        let most = data.gpu_info.va_range();
        if arg.flags != 0 || arg.user_va_range > most {
            return Err(EINVAL);
        }
        let mut vms = file.inner().get_ref().vms.lock();
        let free = vms.trailing_ones();
        *vms |= 1u32.checked_shl(free).ok_or(ENOSPC)?;
        arg.id = free + 1;
        if arg.user_va_range == 0 {
            arg.user_va_range = most / 2;
        }
        Ok(0)
    }

    fn vm_destroy(
        _dev: &TyrDevice<Registered>,
        _data: &RegistrationData<'_>,
        arg: &mut uapi::drm_panthor_vm_destroy,
        file: &drm::File<File>,
    ) -> Result<u32> {
        let bit = arg
            .id
            .checked_sub(1)
            .and_then(|index| 1u32.checked_shl(index));
        let bit = bit.ok_or(EINVAL)?;
        let mut vms = file.inner().get_ref().vms.lock();
        if *vms & bit == 0 {
            return Err(EINVAL);
        }
        *vms &= !bit;
        Ok(0)
    }
}

/// What the driver keeps for a GEM object.
#[pin_data]
pub struct Bo {}

impl gem::DriverObject for Bo {
    type Driver = TyrDriver;
    type Args = ();

    fn new(_dev: &TyrDevice, _size: usize, _args: ()) -> impl PinInit<Self, Error> {
        try_pin_init!(Bo {})
    }
}

kernel::module_platform_driver! {
    type: TyrPlatformDriver,
    name: "tyr-like",
    description: "A GPU driver on the platform bus",
    license: "Dual MIT/Apache-2.0",
}
