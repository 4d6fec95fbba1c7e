//! Callbacks of the driver: the tables that it gives the core are exchanged for ones that are traced.

use core::ffi::c_void;
use core::mem::MaybeUninit;

use kernel::ffi::c_int;

use crate::bindings::{
    drm_device, drm_driver, drm_file, drm_gem_object, drm_gem_object_funcs, drm_ioctl_desc,
};
use crate::names::{Kind, Name};
use crate::seen::{called_back, counted, handles, line, references};

/// A table of the driver's, and the copy that the core was given in its place.
struct Exchanged<T> {
    original: *const T,
    copy: MaybeUninit<T>,
}

impl<T> Exchanged<T> {
    const NONE: Self = Self {
        original: core::ptr::null(),
        copy: MaybeUninit::uninit(),
    };
}

static mut DRIVER: Exchanged<drm_driver> = Exchanged::NONE;
static mut OBJECT: Exchanged<drm_gem_object_funcs> = Exchanged::NONE;
static mut IOCTLS: MaybeUninit<[drm_ioctl_desc; 3]> = MaybeUninit::uninit();

/// The driver as it was before its callbacks were exchanged.
fn driver() -> &'static drm_driver {
    // SAFETY: Only the exchanged callbacks ask for it, which exist when it is set.
    unsafe { &*DRIVER.original }
}

/// The functions of objects as they were.
fn object() -> &'static drm_gem_object_funcs {
    // SAFETY: As for `driver`.
    unsafe { &*OBJECT.original }
}

/// Exchanges the callbacks of a device's driver, when it is complete.
pub(crate) fn trace_driver(dev: *mut drm_device) {
    // SAFETY: The device is alive, as the driver calls with it. Threads take turns.
    unsafe {
        let original = (*dev).driver;
        let copy = (&raw mut DRIVER.copy).cast::<drm_driver>();
        if core::ptr::eq(original, copy) || (*original).release.is_none() {
            return;
        }
        DRIVER.original = original;
        copy.write(original.read());
        (*copy).open = Some(open);
        (*copy).postclose = Some(postclose);
        (*copy).release = Some(release);
        let ioctls = (&raw mut IOCTLS).cast::<drm_ioctl_desc>();
        let handlers: [Handler; 3] = [ioctl::<0>, ioctl::<1>, ioctl::<2>];
        for (number, handler) in handlers.into_iter().enumerate() {
            let entry = ioctls.add(number);
            entry.write((*original).ioctls.add(number).read());
            (*entry).func = Some(handler);
        }
        (*copy).ioctls = ioctls;
        (*dev).driver = copy;
    }
}

/// Exchanges the callbacks of an object.
pub(crate) fn trace_object(object: *mut drm_gem_object) {
    // SAFETY: The driver is initialising the object. Threads take turns.
    unsafe {
        let copy = (&raw mut OBJECT.copy).cast::<drm_gem_object_funcs>();
        OBJECT.original = (*object).funcs;
        copy.write(OBJECT.original.read());
        (*copy).free = Some(free);
        (*copy).open = Some(object_open);
        (*copy).close = Some(object_close);
        (*object).funcs = copy;
    }
}

type Handler = unsafe extern "C" fn(*mut drm_device, *mut c_void, *mut drm_file) -> c_int;

/// Defines callbacks. The core promises what the original asks for.
macro_rules! callbacks {
    ($(
        fn $name:ident$(<const $n:ident: usize>)?($($arg:ident: $type:ty),*) $(-> $result:ty)? as
            $original:expr, { before $before:block after |$value:pat_param| $after:block }
    )*) => {$(
        /// # Safety
        ///
        /// As for the callback that is traced.
        unsafe extern "C" fn $name$(<const $n: usize>)?($($arg: $type),*) $(-> $result)? {
            called_back(|| {
                $before
                let original = $original.expect("the driver has it");
                // SAFETY: The caller's promise.
                let value = unsafe { original($($arg),*) };
                let $value = &value;
                $after
                value
            })
        }
    )*};
}

callbacks! {
    fn open(dev: *mut drm_device, file: *mut drm_file) -> c_int as driver().open, {
        before {
            let name = Kind::File.add(file);
            line!("> open({}, {name}) of {} references", Name::of(dev), references(dev))
        }
        after |result| {
            line!("< open = {result}");
            if *result < 0 {
                Name::forget(file)
            }
        }
    }
    fn postclose(dev: *mut drm_device, file: *mut drm_file) as driver().postclose, {
        before {
            let name = Name::of(file);
            line!("> postclose({}, {name}) of {} references", Name::of(dev), references(dev))
        }
        after |_| {
            line!("< postclose");
            Name::forget(file)
        }
    }
    fn release(dev: *mut drm_device) as driver().release, {
        before { line!("> release({}) of {} references", Name::of(dev), references(dev)) }
        after |_| {
            line!("< release");
            Name::forget(dev)
        }
    }
    fn ioctl<const N: usize>(
        dev: *mut drm_device,
        data: *mut c_void,
        file: *mut drm_file
    ) -> c_int as handler(N), {
        before { line!("> ioctl {N} of {}", Name::of(file)) }
        after |result| { line!("< ioctl {N} = {result}") }
    }
    fn free(object: *mut drm_gem_object) as self::object().free, {
        before {
            line!("> free({}): {} handles", Name::of(object), handles(object))
        }
        after |_| { line!("< free") }
    }
    fn object_open(object: *mut drm_gem_object, file: *mut drm_file) -> c_int
        as self::object().open, {
        before {
            line!(
                "> object open({}, {}): {} references, {} handles",
                Name::of(object),
                Name::of(file),
                counted(object),
                handles(object)
            )
        }
        after |result| { line!("< object open = {result}") }
    }
    fn object_close(object: *mut drm_gem_object, file: *mut drm_file) as self::object().close, {
        before {
            line!(
                "> object close({}, {}): {} references, {} handles",
                Name::of(object),
                Name::of(file),
                counted(object),
                handles(object)
            )
        }
        after |_| { line!("< object close") }
    }
}

fn handler(number: usize) -> Option<Handler> {
    // SAFETY: The driver's table has as many entries as there are numbers.
    unsafe { (*driver().ioctls.add(number)).func }
}
