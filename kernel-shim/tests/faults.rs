//! A probe with hardware, which must leave nothing behind at whichever call it fails.
//!
//! Faults are injected for a whole process, and leaks are found at its end, so this is a program of
//! its own that runs itself.

use hw_stub::bus::PlatformDevice;
use hw_stub::{fault, runner};
use kernel_shim::clk::{Clk, OptionalClk};
use kernel_shim::device::Core;
use kernel_shim::devres::{self, Devres};
use kernel_shim::internal::{add, Managed};
use kernel_shim::io::mem::IoMem;
use kernel_shim::io::{poll, Io};
use kernel_shim::prelude::*;
use kernel_shim::regulator::{self, Regulator};
use kernel_shim::sizes::SZ_4K;
use kernel_shim::sync::{Arc, Mutex};
use kernel_shim::time::Delta;
use kernel_shim::{new_mutex, of, platform};
use std::process::Command;

struct Driver;

struct Service;

impl Managed for Service {
    fn close(&self) {}
}

/// A running clock.
struct Running(Clk);

impl Running {
    fn new(clk: Clk) -> Result<Self> {
        clk.prepare_enable()?;
        Ok(Self(clk))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.disable_unprepare();
    }
}

/// The order of fields matters: registers go before their clock.
#[pin_data(PinnedDrop)]
struct Inner<'bound> {
    iomem: Arc<IoMem<'bound, SZ_4K>>,
    core: Running,
    absent: OptionalClk,
    #[pin]
    supply: Mutex<Regulator<regulator::Enabled>>,
    resource: Devres<KVec<u32>>,
}

#[pinned_drop]
impl PinnedDrop for Inner<'_> {
    fn drop(self: Pin<&mut Self>) {
        self.iomem.write32(0, 0x20);
        assert!(self.absent.prepare_enable().is_ok());
        assert!(self.supply.try_lock().is_some());
        assert!(self.resource.try_access().is_some_and(|v| v.len() == 1));
        assert!(self.core.0.rate().as_hz() < usize::MAX);
    }
}

struct Data<'bound>(
    #[expect(dead_code, reason = "It is kept for its drop.")] Pin<KBox<Inner<'bound>>>,
);

kernel_shim::of_device_table!(TABLE, (), [(of::DeviceId::new(c"test,faults"), ())]);

impl platform::Driver for Driver {
    type IdInfo = ();
    type Data<'bound> = Data<'bound>;

    const OF_ID_TABLE: Option<of::IdTable<()>> = Some(&TABLE);

    fn probe<'bound>(
        pdev: &'bound platform::Device<Core<'_>>,
        _info: Option<&'bound ()>,
    ) -> impl PinInit<Data<'bound>, Error> + 'bound {
        let supply = Regulator::<regulator::Enabled>::get(pdev.as_ref(), c"mali")?;
        let core = Running::new(Clk::get(pdev.as_ref(), Some(c"core"))?)?;
        let absent = OptionalClk::get(pdev.as_ref(), Some(c"absent"))?;
        add(pdev.as_ref(), || Ok(Service))?;

        let request = pdev.io_request_by_index(0).ok_or(ENODEV)?;
        let iomem = Arc::new(request.iomap_sized::<SZ_4K>()?, GFP_KERNEL)?;
        poll::read_poll_timeout(
            || iomem.try_read32(0),
            |id| *id != 0,
            Delta::from_micros(1),
            Delta::from_millis(1),
        )?;
        assert_eq!(iomem.try_read32(1 << 30), Err(EINVAL));

        let mut list = KVec::new();
        list.push(1, GFP_KERNEL)?;
        let resource = Devres::new(pdev.as_ref(), list)?;
        devres::register(pdev.as_ref(), KBox::new(1, GFP_KERNEL)?, GFP_KERNEL)?;

        let init = try_pin_init!(Inner {
            iomem,
            core,
            absent,
            supply <- new_mutex!(supply, "supply"),
            resource,
        });
        Ok(Data(KBox::try_pin_init(init, GFP_KERNEL)?))
    }
}

kernel_shim::module_platform_driver! {
    type: Driver,
    name: "faults",
    license: "GPL",
}

/// Loads the module, binds a device, and takes both away.
fn probe_and_remove() -> Result<(), i32> {
    // SAFETY: The module is not loaded.
    errno(unsafe { LocalModule::init_module() })?;
    let device = PlatformDevice::builder("faults")
        .compatible("test,faults")
        .gpu()
        .clock("core")
        .regulator("mali")
        .add();
    let result = device.probe_result();
    drop(device);
    // SAFETY: The module is loaded.
    unsafe { LocalModule::cleanup_module() };
    errno(result.expect("the driver serves the device"))
}

fn errno(returned: i32) -> Result<(), i32> {
    match returned {
        0 => Ok(()),
        error => Err(-error),
    }
}

/// Without a command for the stub's runner, runs itself once for each call that can fail.
fn main() {
    if std::env::args().nth(1).as_deref() == Some("run") {
        runner::main(&[("probe", probe_and_remove)]);
    }
    assert_eq!(probe_and_remove(), Ok(()));
    let calls = fault::calls();
    assert!(calls >= 10, "only {calls} calls can fail");
    // One more than there are: then nothing fails.
    for n in 1..=calls + 1 {
        let program = std::env::current_exe().expect("a running program has a path");
        let mut command = Command::new(program);
        command.args(["run", "probe", "--fail-nth", &n.to_string()]);
        let output = command.output().expect("the program starts");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "call {n} of {calls}: {said}");
        assert_eq!(
            said.contains(r#""fault":null"#),
            n > calls,
            "call {n} of {calls}: {said}"
        );
    }
}
