//! Drivers on the auxiliary and the platform bus: what the adapters call, and in which order things
//! go when a device is unbound or its probe fails.

use hw_stub::bus::{AuxiliaryDevice, PlatformDevice};
use kernel_shim::device::{Bound, Core, Device};
use kernel_shim::internal::{add, Managed};
use kernel_shim::prelude::*;
use kernel_shim::{auxiliary, devres, of, pci, platform};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Mutex;

/// What happened to the devices of one driver, in order.
struct Log(Mutex<Vec<&'static str>>);

impl Log {
    const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    fn add(&self, text: &'static str) {
        self.0.lock().expect("no test panics here").push(text);
    }

    fn take(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.0.lock().expect("no test panics here"))
    }
}

/// Says when it is dropped.
struct Noisy(&'static Log, &'static str);

impl Drop for Noisy {
    fn drop(&mut self) {
        self.0.add(self.1);
    }
}

/// A registration that says when it is closed and when it is dropped.
struct Service(Noisy);

impl Managed for Service {
    fn close(&self) {
        self.0 .0.add("close");
    }
}

mod on_auxiliary {
    use super::*;

    pub(super) static LOG: Log = Log::new();
    pub(super) static FAIL: AtomicBool = AtomicBool::new(false);

    pub(super) struct Driver;

    pub(super) struct Data<'bound> {
        service: &'bound Service,
        dev: &'bound Device<Bound>,
    }

    impl Drop for Data<'_> {
        fn drop(&mut self) {
            let late = add(self.dev, || Ok(Service(Noisy(&LOG, "made too late"))));
            assert_eq!(late.err(), Some(ENODEV));
            self.service.0 .0.add("drop data");
        }
    }

    kernel_shim::auxiliary_device_table!(
        TABLE,
        u32,
        [
            (auxiliary::DeviceId::new(c"adapters", c"other"), 1),
            (auxiliary::DeviceId::new(c"adapters", c"part"), 2),
        ]
    );

    impl auxiliary::Driver for Driver {
        type IdInfo = u32;
        type Data<'bound> = Data<'bound>;

        const ID_TABLE: auxiliary::IdTable<u32> = &TABLE;

        fn probe<'bound>(
            adev: &'bound auxiliary::Device<Core<'_>>,
            info: &'bound u32,
        ) -> impl PinInit<Data<'bound>, Error> + 'bound {
            assert_eq!((*info, adev.id()), (2, 7));
            assert!(adev.parent().name().to_bytes().starts_with(b"0000:"));
            let pdev: &pci::Device<Bound> = adev.parent().try_into()?;
            assert_eq!(pdev.resource_len(0), Ok(0));
            assert_eq!(pdev.resource_len(1), Ok(AuxiliaryDevice::WINDOW));
            assert_eq!(pdev.resource_len(6), Err(EINVAL));
            let dev: &'bound Device<Core<'_>> = adev.as_ref();
            let service = add(dev, || Ok(Service(Noisy(&LOG, "drop service"))))?;
            devres::register(dev, Noisy(&LOG, "drop resource"), GFP_KERNEL)?;
            if FAIL.load(Ordering::SeqCst) {
                return Err(EBUSY);
            }
            Ok(Data { service, dev })
        }

        fn unbind<'bound>(dev: &'bound auxiliary::Device<Core<'_>>, this: Pin<&Data<'bound>>) {
            assert!(std::ptr::eq(
                &***AsRef::<Device<Core<'_>>>::as_ref(dev),
                &**this.dev
            ));
            LOG.add("unbind");
        }
    }

    kernel_shim::module_auxiliary_driver! {
        type: Driver,
        name: "adapters-auxiliary",
        authors: ["Nobody"],
        description: "A driver for a test",
        license: "GPL",
    }
}

mod on_platform {
    use super::*;

    pub(super) static LOG: Log = Log::new();

    pub(super) struct Driver;

    kernel_shim::of_device_table!(TABLE, u32, [(of::DeviceId::new(c"test,adapters"), 3)]);

    impl platform::Driver for Driver {
        type IdInfo = u32;
        type Data<'bound> = Noisy;

        const OF_ID_TABLE: Option<of::IdTable<u32>> = Some(&TABLE);

        fn probe<'bound>(
            pdev: &'bound platform::Device<Core<'_>>,
            info: Option<&'bound u32>,
        ) -> impl PinInit<Noisy, Error> + 'bound {
            assert_eq!(info, Some(&3));
            let dev: &Device<Core<'_>> = pdev.as_ref();
            let dev: &Device<Bound> = dev;
            let found: Result<&platform::Device<Bound>> = dev.try_into();
            assert!(found.is_ok_and(|found| std::ptr::eq(found, &**pdev)));
            let other: Result<&pci::Device<Bound>> = dev.try_into();
            assert_eq!(other.err(), Some(EINVAL));
            add(dev, || Ok(Service(Noisy(&LOG, "drop service"))))?;
            devres::register(dev, Noisy(&LOG, "drop resource"), GFP_KERNEL)?;
            Ok::<_, Error>(Noisy(&LOG, "drop data"))
        }
    }

    kernel_shim::module_platform_driver! {
        type: Driver,
        name: "adapters-platform",
        license: "GPL",
    }
}

/// A loaded module; unloaded when dropped.
struct Loaded(unsafe extern "C" fn());

fn load(init: unsafe extern "C" fn() -> c_int, exit: unsafe extern "C" fn()) -> Loaded {
    // SAFETY: Each test loads another module, and loads it again only after it was unloaded.
    assert_eq!(unsafe { init() }, 0);
    Loaded(exit)
}

impl Drop for Loaded {
    fn drop(&mut self) {
        // SAFETY: The module is loaded, and unloaded once.
        unsafe { (self.0)() };
    }
}

#[test]
fn auxiliary_devices_are_probed_and_unbound() {
    use on_auxiliary::{LocalModule, FAIL, LOG};

    let hardware = AuxiliaryDevice::add("adapters", "part", 7);
    let module = load(LocalModule::init_module, LocalModule::cleanup_module);
    assert!(hardware.is_bound());
    hardware.unbind();
    let order = [
        "close",
        "unbind",
        "drop data",
        "drop resource",
        "drop service",
    ];
    assert_eq!(LOG.take(), order);

    FAIL.store(true, Ordering::SeqCst);
    assert!(hardware.bind().is_err());
    assert_eq!(hardware.probe_result(), Some(EBUSY.to_errno()));
    assert_eq!(LOG.take(), ["close", "drop resource", "drop service"]);

    FAIL.store(false, Ordering::SeqCst);
    assert!(hardware.bind().is_ok());
    drop(module);
    assert_eq!(LOG.take(), order);

    let module = load(LocalModule::init_module, LocalModule::cleanup_module);
    drop(hardware);
    assert_eq!(LOG.take(), order);
    drop(module);
    assert!(LOG.take().is_empty());
}

#[test]
fn platform_devices_are_probed_and_unbound() {
    use on_platform::{LocalModule, LOG};

    let module = load(LocalModule::init_module, LocalModule::cleanup_module);
    let hardware = PlatformDevice::builder("adapters")
        .compatible("test,adapters")
        .add();
    assert!(hardware.is_bound());
    assert!(LOG.take().is_empty());
    drop(hardware);
    assert_eq!(
        LOG.take(),
        ["close", "drop data", "drop resource", "drop service"]
    );
    drop(module);
}
