//! The tracer: stands between the driver and the DRM core, on hw-stub and in a kernel alike.
//!
//! The linker sends each C call of the driver here first (`calls.txt` names them), and the tables
//! of callbacks that the driver gives the core are exchanged for ones that pass here too. Objects
//! have the names of their kind and number, and lines the counts of references.
//!
//! It is for one thread at a time. A call that the core makes to itself is no event.

use core::ffi::c_void;
use core::fmt::Arguments;
use core::mem::MaybeUninit;
use core::sync::atomic::{AtomicUsize, Ordering};

use kernel::ffi::{c_char, c_int, c_ulong};

use crate::bindings::{
    device, drm_device, drm_driver, drm_file, drm_gem_object, drm_gem_object_funcs, drm_ioctl_desc,
    drm_vma_offset_node, faux_device, faux_device_ops,
};
use crate::names::{Kind, Name};
use crate::{print, OBJECTS_HOLD_DEVICES};

macro_rules! line {
    ($($text:tt)*) => {
        if outside() {
            print(format_args!($($text)*));
        }
    };
}

/// Declares the originals behind the wrappers; the linker knows them by these names.
macro_rules! originals {
    ($(fn $name:ident($($arg:ident: $type:ty),*) $(-> $result:ty)?;)*) => {
        extern "C" {
            $(fn $name($($arg: $type),*) $(-> $result)?;)*
        }
    };
}

originals! {
    fn __real_faux_device_create(
        name: *const c_char,
        parent: *mut device,
        ops: *const faux_device_ops
    ) -> *mut faux_device;
    fn __real_faux_device_destroy(dev: *mut faux_device);
    fn __real___drm_dev_alloc(
        parent: *mut device,
        driver: *const drm_driver,
        size: usize,
        offset: usize
    ) -> *mut c_void;
    fn __real_drm_dev_get(dev: *mut drm_device);
    fn __real_drm_dev_put(dev: *mut drm_device);
    fn __real_drm_dev_register(dev: *mut drm_device, flags: c_ulong) -> c_int;
    fn __real_drm_dev_unplug(dev: *mut drm_device);
    fn __real_drm_dev_enter(dev: *mut drm_device, index: *mut c_int) -> bool;
    fn __real_drm_dev_exit(index: c_int);
    fn __real_drm_gem_object_init(
        dev: *mut drm_device,
        object: *mut drm_gem_object,
        size: usize
    ) -> c_int;
    fn __real_drm_gem_private_object_fini(object: *mut drm_gem_object);
    fn __real_drm_gem_object_release(object: *mut drm_gem_object);
    fn __real_rust_helper_drm_gem_object_get(object: *mut drm_gem_object);
    fn __real_rust_helper_drm_gem_object_put(object: *mut drm_gem_object);
    fn __real_drm_gem_handle_create(
        file: *mut drm_file,
        object: *mut drm_gem_object,
        handle: *mut u32
    ) -> c_int;
    fn __real_drm_gem_object_lookup(file: *mut drm_file, handle: u32) -> *mut drm_gem_object;
    fn __real_drm_gem_create_mmap_offset(object: *mut drm_gem_object) -> c_int;
    fn __real_rust_helper_drm_vma_node_offset_addr(node: *mut drm_vma_offset_node) -> u64;
}

/// Defines wrappers. Whoever calls one promises what the original asks for, and the wrapper passes
/// it on.
macro_rules! wrappers {
    ($(
        fn $wrapper:ident = $original:ident($($arg:ident: $type:ty),*) $(-> $result:ty)?
            { before $before:block after |$value:pat_param| $after:block }
    )*) => {$(
        /// # Safety
        ///
        /// As for the call that is traced.
        #[no_mangle]
        unsafe extern "C" fn $wrapper($($arg: $type),*) $(-> $result)? {
            $before
            // SAFETY: The caller's promise.
            let value = inside(|| unsafe { $original($($arg),*) });
            let $value = &value;
            $after
            value
        }
    )*};
}

wrappers! {
    fn __wrap_faux_device_create = __real_faux_device_create(
        name: *const c_char,
        parent: *mut device,
        ops: *const faux_device_ops
    ) -> *mut faux_device {
        before {}
        after |dev| { line!("faux_device_create() = {}", Kind::Faux.add(*dev)) }
    }
    fn __wrap_faux_device_destroy = __real_faux_device_destroy(dev: *mut faux_device) {
        before { line!("faux_device_destroy({})", Name::of(dev)) }
        after |_| {
            line!("faux_device_destroy returns");
            Name::forget(dev)
        }
    }
    fn __wrap_drm_dev_get = __real_drm_dev_get(dev: *mut drm_device) {
        before {}
        after |_| { line!("drm_dev_get({}): {} references", Name::of(dev), references(dev)) }
    }
    fn __wrap_drm_dev_put = __real_drm_dev_put(dev: *mut drm_device) {
        before {
            trace_driver(dev);
            line!("drm_dev_put({}) of {} references", Name::of(dev), references(dev))
        }
        after |_| { line!("drm_dev_put returns") }
    }
    fn __wrap_drm_dev_register = __real_drm_dev_register(
        dev: *mut drm_device,
        flags: c_ulong
    ) -> c_int {
        before {
            trace_driver(dev);
            line!("drm_dev_register({}) of {} references", Name::of(dev), references(dev))
        }
        after |result| {
            line!("drm_dev_register = {result}: {} references", references(dev))
        }
    }
    fn __wrap_drm_dev_unplug = __real_drm_dev_unplug(dev: *mut drm_device) {
        before {
            line!("drm_dev_unplug({}) of {} references", Name::of(dev), references(dev))
        }
        after |_| { line!("drm_dev_unplug returns: {} references", references(dev)) }
    }
    fn __wrap_drm_dev_enter = __real_drm_dev_enter(
        dev: *mut drm_device,
        index: *mut c_int
    ) -> bool {
        before {}
        after |entered| { line!("drm_dev_enter({}) = {entered}", Name::of(dev)) }
    }
    fn __wrap_drm_dev_exit = __real_drm_dev_exit(index: c_int) {
        before { line!("drm_dev_exit") }
        after |_| {}
    }
    fn __wrap_drm_gem_object_init = __real_drm_gem_object_init(
        dev: *mut drm_device,
        object: *mut drm_gem_object,
        size: usize
    ) -> c_int {
        before { trace_object(object) }
        after |result| {
            let name = Kind::Object.add(object);
            line!("drm_gem_object_init({}, {name}, {size}) = {result}", Name::of(dev))
        }
    }
    fn __wrap_drm_gem_private_object_fini = __real_drm_gem_private_object_fini(
        object: *mut drm_gem_object
    ) {
        before { line!("drm_gem_private_object_fini({})", Name::of(object)) }
        after |_| { Name::forget(object) }
    }
    fn __wrap_drm_gem_object_release = __real_drm_gem_object_release(
        object: *mut drm_gem_object
    ) {
        before { line!("drm_gem_object_release({})", Name::of(object)) }
        after |_| { Name::forget(object) }
    }
    fn __wrap_rust_helper_drm_gem_object_get = __real_rust_helper_drm_gem_object_get(
        object: *mut drm_gem_object
    ) {
        before {}
        after |_| {
            line!("drm_gem_object_get({}): {} references", Name::of(object), counted(object))
        }
    }
    fn __wrap_rust_helper_drm_gem_object_put = __real_rust_helper_drm_gem_object_put(
        object: *mut drm_gem_object
    ) {
        before {
            line!("drm_gem_object_put({}) of {} references", Name::of(object), counted(object))
        }
        after |_| { line!("drm_gem_object_put returns") }
    }
    fn __wrap_drm_gem_handle_create = __real_drm_gem_handle_create(
        file: *mut drm_file,
        object: *mut drm_gem_object,
        handle: *mut u32
    ) -> c_int {
        before {
            line!(
                "drm_gem_handle_create({}, {}) of {} references",
                Name::of(file),
                Name::of(object),
                counted(object)
            )
        }
        after |result| {
            // SAFETY: The caller's promise; it is written to before the call.
            let handle = unsafe { *handle };
            line!(
                "drm_gem_handle_create = {result}, {handle}: {} references, {} handles",
                counted(object),
                handles(object)
            )
        }
    }
    fn __wrap_drm_gem_object_lookup = __real_drm_gem_object_lookup(
        file: *mut drm_file,
        handle: u32
    ) -> *mut drm_gem_object {
        before {}
        after |object| {
            line!("drm_gem_object_lookup({}, {handle}) = {}", Name::of(file), Name::of(*object));
            if !object.is_null() {
                line!("{} has {} references", Name::of(*object), counted(*object))
            }
        }
    }
    fn __wrap_drm_gem_create_mmap_offset = __real_drm_gem_create_mmap_offset(
        object: *mut drm_gem_object
    ) -> c_int {
        before {}
        after |result| { line!("drm_gem_create_mmap_offset({}) = {result}", Name::of(object)) }
    }
    fn __wrap_rust_helper_drm_vma_node_offset_addr = __real_rust_helper_drm_vma_node_offset_addr(
        node: *mut drm_vma_offset_node
    ) -> u64 {
        before {}
        after |offset| { line!("drm_vma_node_offset_addr = {offset:#x}") }
    }
}

/// # Safety
///
/// As for `__drm_dev_alloc`.
#[no_mangle]
unsafe extern "C" fn __wrap___drm_dev_alloc(
    parent: *mut device,
    driver: *const drm_driver,
    size: usize,
    offset: usize,
) -> *mut c_void {
    // SAFETY: The caller's promise.
    let memory = inside(|| unsafe { __real___drm_dev_alloc(parent, driver, size, offset) });
    let parent = Name::of(parent);
    if (memory as isize) < 0 && memory as isize >= -4095 {
        line!("__drm_dev_alloc({parent}) = {}", memory as isize);
    } else {
        let dev: *mut drm_device = memory.wrapping_byte_add(offset).cast();
        let name = Kind::Device.add(dev);
        line!(
            "__drm_dev_alloc({parent}) = {name}: {} references",
            references(dev)
        );
    }
    memory
}

/// Adds a line that the driver has something to say in.
///
/// # Safety
///
/// `what` points to `len` bytes of text.
#[no_mangle]
unsafe extern "C" fn fidelity_note(what: *const u8, len: usize, value: i64) {
    // SAFETY: The caller's promise.
    let what = unsafe { core::slice::from_raw_parts(what, len) };
    let what = core::str::from_utf8(what).unwrap_or("no text");
    print(format_args!("driver: {what}, {value}"));
}

// --- Callbacks -----------------------------------------------------------------------------------

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
fn trace_driver(dev: *mut drm_device) {
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
fn trace_object(object: *mut drm_gem_object) {
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

// --- What is seen --------------------------------------------------------------------------------

/// The references to a device, without those that objects of our own API hold.
fn references(dev: *mut drm_device) -> i64 {
    // SAFETY: Whoever calls has the device, and threads take turns.
    let all = unsafe { (*dev).ref_.refcount.refs.counter };
    let held = if OBJECTS_HOLD_DEVICES {
        Kind::Object.alive()
    } else {
        0
    };
    i64::from(all) - held
}

fn counted(object: *mut drm_gem_object) -> i32 {
    // SAFETY: As in `references`.
    unsafe { (*object).refcount.refcount.refs.counter }
}

fn handles(object: *mut drm_gem_object) -> u32 {
    // SAFETY: As in `references`.
    unsafe { (*object).handle_count }
}

/// How many calls deep the core runs, since it last called the driver.
static DEPTH: AtomicUsize = AtomicUsize::new(0);

fn outside() -> bool {
    DEPTH.load(Ordering::Relaxed) == 0
}

/// Runs the core.
pub(crate) fn inside<R>(call: impl FnOnce() -> R) -> R {
    at(DEPTH.load(Ordering::Relaxed) + 1, call)
}

/// Runs the driver on behalf of the core.
fn called_back<R>(call: impl FnOnce() -> R) -> R {
    at(0, call)
}

fn at<R>(depth: usize, call: impl FnOnce() -> R) -> R {
    let before = DEPTH.swap(depth, Ordering::Relaxed);
    let result = call();
    DEPTH.store(before, Ordering::Relaxed);
    result
}

/// The form in which a line reaches the log.
pub(crate) type Text<'a> = Arguments<'a>;
