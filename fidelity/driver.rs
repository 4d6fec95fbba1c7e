//! The driver whose life is traced: the same file on hw-stub and in a real kernel.
//!
//! It does what [`fidelity_step`] is asked for, one step after the other, and keeps what has to
//! outlive a step. What it observes it tells the tracer; of the C calls it knows nothing.

use core::cell::UnsafeCell;
use core::sync::atomic::{AtomicBool, Ordering};

use kernel::drm::gem::BaseObject;
use kernel::drm::{self, ioctl, Registered};
use kernel::ffi::c_int;
use kernel::prelude::*;
use kernel::sync::aref::ARef;
use kernel::{device, faux, page, str::CStr, uapi, ModuleMetadata, ThisModule};

use crate::steps;
use crate::ClosingFile;

/// The module that the driver belongs to; it is built in.
pub(crate) struct LocalModule;

impl ModuleMetadata for LocalModule {
    const NAME: &'static CStr = c"fidelity";
    const THIS_MODULE: ThisModule = {
        // SAFETY: A module that is built in has no `struct module`.
        unsafe { ThisModule::from_ptr(core::ptr::null_mut()) }
    };
}

/// A parameter with this bit asks for the object of a handle to be kept by the driver.
const KEEP: u64 = 1 << 32;
/// A parameter with this bit asks for another handle to the object of a handle.
const GIVE_AGAIN: u64 = 1 << 33;
/// A parameter with this bit asks for a handle to the object that the driver keeps.
const GIVE_KEPT: u64 = 1 << 34;
/// Objects larger than this refuse to be opened by a file.
const LARGEST_OPENED: usize = 64 * page::PAGE_SIZE;
/// Objects larger than this cannot be made.
const LARGEST_MADE: usize = 128 * page::PAGE_SIZE;

/// Whether opening a file fails.
static REFUSE_FILES: AtomicBool = AtomicBool::new(false);

extern "C" {
    /// Adds a line to the trace: `what`, and `value`.
    fn fidelity_note(what: *const u8, len: usize, value: i64);
}

fn note(what: &str, value: i64) {
    // SAFETY: The text is as long as it says.
    unsafe { fidelity_note(what.as_ptr(), what.len(), value) };
}

/// A value whose life is traced.
pub(crate) struct Token(&'static [&'static str; 2]);

/// What is traced when a token is made and dropped.
const DEVICE_DATA: &[&str; 2] = &["device data made", "device data dropped"];
const REGISTRATION_DATA: &[&str; 2] = &["registration data made", "registration data dropped"];
const FILE_DATA: &[&str; 2] = &["file data made", "file data dropped"];
const OBJECT_DATA: &[&str; 2] = &["object data made", "object data dropped"];

impl Token {
    fn new(names: &'static [&'static str; 2]) -> Self {
        note(names[0], 0);
        Self(names)
    }
}

impl Drop for Token {
    fn drop(&mut self) {
        note(self.0[1], 0);
    }
}

/// The driver.
pub(crate) struct Card;

/// Data of a device.
#[pin_data]
pub(crate) struct Data {
    value: u32,
    token: Token,
}

fn data(fail: bool) -> impl PinInit<Data, Error> {
    try_pin_init!(Data {
        token: Token::new(DEVICE_DATA),
        value: if fail { Err(EIO) } else { Ok(7) }?,
    })
}

/// Data of a registration.
#[pin_data]
pub(crate) struct RegistrationData {
    value: u64,
    token: Token,
}

fn registration_data(fail: bool) -> impl PinInit<RegistrationData, Error> {
    try_pin_init!(RegistrationData {
        token: Token::new(REGISTRATION_DATA),
        value: if fail { Err(EIO) } else { Ok(42) }?,
    })
}

/// What the driver keeps for an open file.
#[pin_data]
pub(crate) struct Client {
    token: Token,
}

impl drm::file::DriverFile for Client {
    type Driver = Card;

    fn open(dev: &drm::Device<Card>) -> Result<Pin<KBox<Self>>> {
        note("open reads device data", dev.value.into());
        let token = Token::new(FILE_DATA);
        if REFUSE_FILES.load(Ordering::Relaxed) {
            return Err(EBUSY);
        }
        KBox::pin_init(try_pin_init!(Self { token: token }), GFP_KERNEL)
    }
}

impl Client {
    /// Parameter 0 is the registration's value; others name an object by its handle, and say by
    /// their high bits what is to be done with it. Without any, the answer is its offset.
    fn get_param(
        dev: &drm::Device<Card, Registered>,
        data: &RegistrationData,
        arg: &mut uapi::drm_nova_getparam,
        file: &drm::File<Client>,
    ) -> Result<u32> {
        if arg.param == 0 {
            arg.value = dev.registration_data_with(|data| data.value);
            note("handler reads registration data", data.value as i64);
            return Ok(0);
        }
        // SAFETY: No step runs while an ioctl does, and no two ioctls do.
        let kept = unsafe { &mut state().object };
        if arg.param & GIVE_KEPT != 0 {
            arg.value = kept.as_ref().ok_or(ENXIO)?.create_handle(file)?.into();
            return Ok(1);
        }
        let object = drm::gem::Object::<Buffer>::lookup_handle(file, arg.param as u32)?;
        match arg.param & (KEEP | GIVE_AGAIN) {
            KEEP => *kept = Some(object),
            GIVE_AGAIN => arg.value = object.create_handle(file)?.into(),
            _ => arg.value = object.create_mmap_offset()?,
        }
        Ok(3)
    }

    fn gem_create(
        dev: &drm::Device<Card, Registered>,
        _data: &RegistrationData,
        arg: &mut uapi::drm_nova_gem_create,
        file: &drm::File<Client>,
    ) -> Result<u32> {
        let size = page::page_align(arg.size as usize).ok_or(EINVAL)?;
        let object = drm::gem::Object::<Buffer>::new(dev, size, ())?;
        arg.handle = object.create_handle(file)?;
        Ok(0)
    }

    fn gem_info(
        _dev: &drm::Device<Card, Registered>,
        _data: &RegistrationData,
        arg: &mut uapi::drm_nova_gem_info,
        file: &drm::File<Client>,
    ) -> Result<u32> {
        let object = drm::gem::Object::<Buffer>::lookup_handle(file, arg.handle)?;
        arg.size = object.size() as u64;
        Ok(0)
    }
}

/// What the driver keeps for an object.
#[pin_data]
pub(crate) struct Buffer {
    token: Token,
    size: usize,
}

impl drm::gem::DriverObject for Buffer {
    type Driver = Card;
    type Args = ();

    fn new(_dev: &drm::Device<Card>, size: usize, _args: ()) -> impl PinInit<Self, Error> {
        try_pin_init!(Self {
            token: Token::new(OBJECT_DATA),
            size: if size > LARGEST_MADE {
                Err(ENOSPC)
            } else {
                Ok(size)
            }?,
        })
    }

    fn open(object: &drm::gem::Object<Self>, _file: &drm::File<Client>) -> Result {
        note("object is opened", object.size as i64);
        if object.size() > LARGEST_OPENED {
            return Err(EPERM);
        }
        Ok(())
    }

    fn close(object: &drm::gem::Object<Self>, _file: &ClosingFile<Client>) {
        note("object is closed", object.size as i64);
    }
}

#[vtable]
impl drm::Driver for Card {
    type Data = Data;
    type RegistrationData<'a> = RegistrationData;
    type Object = drm::gem::Object<Buffer>;
    type File = Client;
    type ParentDevice<Ctx: device::DeviceContext> = faux::Device<Ctx>;

    const INFO: drm::DriverInfo = drm::DriverInfo {
        major: 1,
        minor: 2,
        patchlevel: 3,
        name: c"fidelity",
        desc: c"A driver whose life is traced",
    };
    const FEAT_RENDER: bool = true;

    kernel::declare_drm_ioctls! {
        (NOVA_GETPARAM, drm_nova_getparam, ioctl::RENDER_ALLOW, Client::get_param),
        (NOVA_GEM_CREATE, drm_nova_gem_create, ioctl::AUTH | ioctl::RENDER_ALLOW, Client::gem_create),
        (NOVA_GEM_INFO, drm_nova_gem_info, ioctl::AUTH, Client::gem_info),
    }
}

/// What outlives a step. The order of fields is the order in which a forgotten step would drop.
#[derive(Default)]
struct State {
    registration: Option<drm::Registration<'static, Card>>,
    fresh: Option<drm::UnregisteredDevice<Card>>,
    object: Option<ARef<drm::gem::Object<Buffer>>>,
    device: Option<ARef<drm::Device<Card>>>,
    parent: Option<faux::Registration>,
}

struct Slot(UnsafeCell<Option<State>>);

// SAFETY: It is reached by `state()` alone, whose callers take turns.
unsafe impl Sync for Slot {}

static STATE: Slot = Slot(UnsafeCell::new(None));

/// # Safety
///
/// Nobody else uses the state until the caller is done with it.
unsafe fn state() -> &'static mut State {
    // SAFETY: The caller's promise.
    unsafe { &mut *STATE.0.get() }.get_or_insert_default()
}

/// Takes a step of the driver's life; zero, or a negative error number.
///
/// # Safety
///
/// Steps and ioctls take turns.
#[no_mangle]
pub(crate) unsafe extern "C" fn fidelity_step(step: c_int) -> c_int {
    // SAFETY: The caller's promise.
    match take_step(step, unsafe { state() }) {
        Ok(()) => 0,
        Err(error) => error.to_errno(),
    }
}

fn take_step(step: c_int, state: &mut State) -> Result {
    match step {
        steps::CREATE_PARENT => state.parent = Some(faux::Registration::new(c"fidelity", None)?),
        steps::MAKE_DEVICE => state.fresh = Some(make_device(state, false)?),
        steps::MAKE_FAILING_DEVICE => drop(make_device(state, true)?),
        steps::DROP_UNREGISTERED => state.fresh = None,
        steps::MAKE_OBJECT => {
            let fresh = state.fresh.as_ref().ok_or(ENXIO)?;
            state.object = Some(drm::gem::Object::new(fresh, page::PAGE_SIZE, ())?);
        }
        steps::REGISTER => register(state, false)?,
        steps::REGISTER_FAILING => register(state, true)?,
        steps::REGISTER_ELSEWHERE => register_elsewhere(state)?,
        steps::KEEP_DEVICE => {
            let registration = state.registration.as_ref().ok_or(ENXIO)?;
            state.device = Some(registration.device().into());
        }
        steps::UNPLUG => state.registration = None,
        steps::DESTROY_PARENT => state.parent = None,
        steps::DROP_OBJECT => state.object = None,
        steps::DROP_DEVICE => state.device = None,
        steps::REFUSE_FILES => REFUSE_FILES.store(true, Ordering::Relaxed),
        steps::ACCEPT_FILES => REFUSE_FILES.store(false, Ordering::Relaxed),
        _ => return Err(EINVAL),
    }
    Ok(())
}

fn parent(state: &State) -> Result<&faux::Device<device::Bound>> {
    Ok(state.parent.as_ref().ok_or(ENXIO)?.as_ref())
}

fn make_device(state: &State, fail: bool) -> Result<drm::UnregisteredDevice<Card>> {
    drm::UnregisteredDevice::new(parent(state)?, data(fail))
}

fn register(state: &mut State, fail: bool) -> Result {
    let fresh = state.fresh.take().ok_or(ENXIO)?;
    let parent: *const device::Device<device::Bound> = parent(state)?.as_ref();
    // SAFETY: The steps drop a registration before they destroy the parent, so that it is there for
    // as long as anybody has the reference.
    let parent = unsafe { &*parent };
    // SAFETY: As above; no step forgets a registration.
    let registration =
        unsafe { drm::Registration::new(parent, fresh, registration_data(fail), 0) }?;
    state.registration = Some(registration);
    Ok(())
}

/// Registers with a parent that is not the device's, which is refused.
fn register_elsewhere(state: &mut State) -> Result {
    let fresh = state.fresh.take().ok_or(ENXIO)?;
    let other = faux::Registration::new(c"other", None)?;
    let other: &faux::Device<device::Bound> = other.as_ref();
    // SAFETY: The registration, if there is one, is dropped here, before the other parent.
    unsafe { drm::Registration::<Card>::new(other.as_ref(), fresh, registration_data(false), 0) }
        .map(drop)
}
