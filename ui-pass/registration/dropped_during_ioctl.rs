//! A registration that is dropped while a handler runs waits for the handler, which can use its
//! data to the end.
//@ claim: registration-drop-unplugs
//@ generations: api, linux-7.3
use driver::{ever_registered, minimal_driver, refused, syscall, with_parent, Ever};
use hw_stub::client::Node;
use kernel::drm::{self, Device, Registered};
use kernel::error::{code::ENODEV, Result};
use kernel::uapi;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
registration_data<'a>: AtomicU64, parent: faux, ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, drm::ioctl::AUTH, get_param),
});

/// Told when the handler runs; closed when there will be none.
static HANDLER: Mutex<Option<mpsc::Sender<()>>> = Mutex::new(None);
static DEVICE: Mutex<Option<Ever<Gpu>>> = Mutex::new(None);

fn get_param(
    _dev: &Device<Gpu, Registered>,
    data: &AtomicU64,
    arg: &mut uapi::drm_nova_getparam,
    _file: &drm::File<GpuClient>,
) -> Result<u32> {
    drop(HANDLER.lock().map(|mut handler| handler.take()));
    let dev = DEVICE
        .lock()
        .map(|mut dev| dev.take())
        .ok()
        .flatten()
        .ok_or(ENODEV)?;
    for _ in 0..1000 {
        if dev.registration_guard().is_none() {
            break;
        }
        thread::sleep(Duration::from_millis(1));
    }
    arg.value = data.fetch_add(1, Ordering::Relaxed);
    Ok(0)
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        let data = Ok::<_, kernel::error::Error>(AtomicU64::new(7));
        // SAFETY: The registration is dropped below, while the parent is bound.
        let registration = unsafe { drm::Registration::new(parent.as_ref(), dev, data, 0) }?;
        let dev = ever_registered(&registration);
        let running = publish(dev.clone());
        let client = thread::spawn(ask);
        let _ = running.recv();
        drop(registration);
        assert!(dev.registration_guard().is_none());
        client.join().expect("the client does not panic")
    })
}

/// Leaves the device to the handler; the receiver returns when the handler runs, or never will.
fn publish(dev: Ever<Gpu>) -> Receiver<()> {
    let (handler, running) = mpsc::channel();
    *HANDLER
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(handler);
    *DEVICE
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(dev);
    running
}

fn ask() -> Result {
    let mut arg = uapi::drm_nova_getparam::default();
    let result = ask_once(&mut arg);
    drop(HANDLER.lock().map(|mut handler| handler.take()));
    drop(DEVICE.lock().map(|mut dev| dev.take()));
    result?;
    assert_eq!(arg.value, 7);
    Ok(())
}

fn ask_once(arg: &mut uapi::drm_nova_getparam) -> Result {
    let file = syscall(Node::primary(0).open())?;
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, arg))?;
    let again = file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut *arg);
    refused(syscall(again), ENODEV)
}
