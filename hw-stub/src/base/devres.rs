//! Managed resources of a device (`drivers/base/devres.c`): released in reverse order when the
//! device is unbound.

use std::collections::HashMap;
use std::ffi::c_void;
use std::ops::Range;
use std::sync::Mutex;

use bindings::{device, devres_node, dr_match_t, dr_node_free_t, dr_node_release_t, dr_release_t};

use super::device::silently;
use super::parent::{after_devres, require_bound};
use crate::abi::{key, pointer, same_abi, text};
use crate::arena::{self, Fill, Purpose};
use crate::oracle::{report, Kind, Seq};
use crate::sync::lock;
use crate::{fault, mm, names};

/// What a node is a part of, and its name.
struct Node {
    name: String,
    /// The device whose list it is on.
    device: Option<usize>,
    added: Option<Seq>,
}

static NODES: Mutex<Option<HashMap<usize, Node>>> = Mutex::new(None);

/// `drivers/base/devres.c: struct devres`, without the data that follows.
#[repr(C, align(8))]
struct Devres {
    node: devres_node,
    release: dr_release_t,
}

const HEADER: usize = std::mem::size_of::<Devres>();

same_abi!(__devres_alloc_node: fn(dr_release_t, usize, u32, i32, *const u8) -> *mut c_void);
same_abi!(devres_free: fn(*mut c_void));
same_abi!(devres_add: fn(*mut device, *mut c_void));
same_abi!(devres_find: fn(*mut device, dr_release_t, dr_match_t, *mut c_void) -> *mut c_void);
same_abi!(devres_node_init: fn(*mut devres_node, dr_node_release_t, dr_node_free_t));
same_abi!(devres_set_node_dbginfo: fn(*mut devres_node, *const u8, usize));
same_abi!(devres_node_add: fn(*mut device, *mut devres_node));
same_abi!(devres_node_remove: fn(*mut device, *mut devres_node) -> bool);
same_abi!(
    devm_add_action_or_reset:
        fn(*mut device, Option<unsafe extern "C" fn(*mut c_void)>, *mut c_void) -> i32
);

/// `drivers/base/devres.c: __devres_alloc_node`.
///
/// # Safety
///
/// `name` is null-terminated.
#[no_mangle]
pub(crate) unsafe extern "C" fn __devres_alloc_node(
    release: dr_release_t,
    size: usize,
    _gfp: u32,
    _nid: i32,
    name: *const u8,
) -> *mut c_void {
    if fault::fails("__devres_alloc_node") {
        return std::ptr::null_mut();
    }
    // SAFETY: The caller's promise.
    unsafe { alloc(release, size, name) }
}

/// `drivers/base/devres.c: devres_free`.
///
/// # Safety
///
/// `res` is null or a resource of `__devres_alloc_node` that nobody uses any more.
#[no_mangle]
pub(crate) unsafe extern "C" fn devres_free(res: *mut c_void) {
    if !res.is_null() {
        mm::free("devres_free", key(res) - HEADER);
    }
}

/// `drivers/base/devres.c: devres_add`.
///
/// # Safety
///
/// `res` is a resource of `__devres_alloc_node` that is on no list.
#[no_mangle]
pub(crate) unsafe extern "C" fn devres_add(dev: *mut device, res: *mut c_void) {
    add("devres_add", dev, key(res) - HEADER);
}

/// `drivers/base/devres.c: devres_find`.
///
/// # Safety
///
/// `match_` is sound for every resource of `dev` with this `release`.
#[no_mangle]
pub(crate) unsafe extern "C" fn devres_find(
    dev: *mut device,
    release: dr_release_t,
    match_: dr_match_t,
    match_data: *mut c_void,
) -> *mut c_void {
    let nodes = silently(dev, |state| state.devres.clone()).unwrap_or_default();
    for node in nodes.into_iter().rev() {
        let devres: *mut Devres = pointer(node);
        // SAFETY: The node is on the list, so its memory was not freed.
        let node_release = unsafe { (*devres).node.release };
        if !is_allocated(node_release) {
            continue;
        }
        // SAFETY: Only `alloc` uses this function to release nodes, so this is a whole `Devres`.
        let its_release = unsafe { (*devres).release };
        let data = pointer(node + HEADER);
        let same = its_release.map(|f| f as usize) == release.map(|f| f as usize);
        // SAFETY: The caller's promise.
        if same && match_.is_none_or(|f| unsafe { f(dev, data, match_data) } != 0) {
            return data;
        }
    }
    std::ptr::null_mut()
}

/// `drivers/base/devres.c: devres_node_init`.
///
/// # Safety
///
/// `node` can be written.
#[no_mangle]
pub(crate) unsafe extern "C" fn devres_node_init(
    node: *mut devres_node,
    release: dr_node_release_t,
    free_node: dr_node_free_t,
) {
    // SAFETY: The caller's promise; all-zero bytes are a node.
    unsafe {
        node.write_bytes(0, 1);
        (*node).entry.next = &raw mut (*node).entry;
        (*node).entry.prev = &raw mut (*node).entry;
        (*node).release = release;
        (*node).free_node = free_node;
    }
    let fresh = Node {
        name: "a resource".into(),
        device: None,
        added: None,
    };
    lock(&NODES)
        .get_or_insert_default()
        .insert(key(node), fresh);
}

/// `drivers/base/devres.c: devres_set_node_dbginfo`.
///
/// # Safety
///
/// `node` was initialised, and `name` is null-terminated.
#[no_mangle]
pub(crate) unsafe extern "C" fn devres_set_node_dbginfo(
    node: *mut devres_node,
    name: *const u8,
    size: usize,
) {
    // SAFETY: The caller's promise.
    let text = unsafe {
        (*node).name = name;
        (*node).size = size;
        text(name)
    };
    if let Some(node) = lock(&NODES).get_or_insert_default().get_mut(&key(node)) {
        node.name = text;
    }
}

/// `drivers/base/devres.c: devres_node_add`.
///
/// # Safety
///
/// `node` was initialised, is on no list, and stays until it is released or removed.
#[no_mangle]
pub(crate) unsafe extern "C" fn devres_node_add(dev: *mut device, node: *mut devres_node) {
    add("devres_add", dev, key(node));
}

/// `drivers/base/devres.c: devres_node_remove`.
///
/// # Safety
///
/// None: the node is looked up in a table.
#[no_mangle]
pub(crate) unsafe extern "C" fn devres_node_remove(
    dev: *mut device,
    node: *mut devres_node,
) -> bool {
    let removed = silently(dev, |state| {
        let before = state.devres.len();
        state.devres.retain(|&other| other != key(node));
        state.devres.len() < before
    });
    let removed = removed.unwrap_or(false);
    event!(
        "devres_remove({}) = {removed}",
        describe(key(dev), key(node))
    );
    if removed {
        off_list(key(node));
    }
    removed
}

/// `include/linux/device/devres.h: devm_add_action_or_reset`.
///
/// # Safety
///
/// `action` may be called with `data`, once.
#[export_name = "rust_helper_devm_add_action_or_reset"]
pub(crate) unsafe extern "C" fn devm_add_action_or_reset(
    dev: *mut device,
    action: Option<unsafe extern "C" fn(*mut c_void)>,
    data: *mut c_void,
) -> i32 {
    if fault::fails("devm_add_action_or_reset") {
        if let Some(action) = action {
            // SAFETY: The caller's promise.
            unsafe { action(data) };
        }
        return -libc::ENOMEM;
    }
    // SAFETY: The name is a literal, and the memory has room for an `Action`, which is plain data.
    unsafe {
        let size = std::mem::size_of::<Action>();
        let res = alloc(Some(run_action), size, c"devm_action".as_ptr().cast());
        res.cast::<Action>().write(Action { action, data });
        devres_add(dev, res);
    }
    0
}

/// `drivers/base/devres.c: devres_release_all`.
pub(super) fn release_all(dev: *mut device) {
    let nodes = silently(dev, |state| std::mem::take(&mut state.devres));
    let nodes = nodes.unwrap_or_default();
    for &node in &nodes {
        off_list(node);
    }
    for node in nodes.into_iter().rev() {
        let released = event!("devres release {}", describe(key(dev), node));
        let node: *mut devres_node = pointer(node);
        // SAFETY: The node was on the list until now, so its memory was not freed; `release` may
        // be called once for it, and `free_node` after that.
        unsafe {
            if let Some(release) = (*node).release {
                release(dev, node);
            }
            after_devres(dev, released);
            if let Some(free_node) = (*node).free_node {
                free_node(node);
            }
        }
    }
}

/// Reports nodes in memory which is being freed that are on a list still.
pub(crate) fn memory_freed(range: &Range<usize>, now: Seq) {
    let mut listed = Vec::new();
    lock(&NODES)
        .get_or_insert_default()
        .retain(|address, node| {
            let gone = range.contains(address);
            if let (true, Some(device), Some(added)) = (gone, node.device, node.added) {
                listed.push((*address, device, node.name.clone(), added));
            }
            !gone
        });
    for (address, device, name, added) in listed {
        silently(pointer::<device>(device), |state| {
            state.devres.retain(|&n| n != address)
        });
        let device = names::of(device);
        let message = format!("resource {name} of {device} was freed before it was released");
        report(Kind::UseAfterFree, message, Some(added), now);
    }
}

/// # Safety
///
/// `name` is null-terminated.
unsafe fn alloc(release: dr_release_t, size: usize, name: *const u8) -> *mut c_void {
    // SAFETY: The caller's promise.
    let label = format!("resource {}", unsafe { text(name) });
    let memory = arena::alloc(HEADER + size, 8, Purpose::Kmalloc, &label, Fill::Zero);
    let devres: *mut Devres = memory.cast();
    // SAFETY: The memory begins with room for a `Devres`.
    unsafe {
        devres_node_init(
            &raw mut (*devres).node,
            Some(release_allocated),
            Some(free_allocated),
        );
        devres_set_node_dbginfo(&raw mut (*devres).node, name, size);
        (*devres).release = release;
        memory.add(HEADER).cast()
    }
}

fn add(call: &str, dev: *mut device, node: usize) {
    let name = describe(key(dev), node);
    let now = event!("{call}({name})");
    if require_bound(call, dev).is_none() {
        return;
    }
    let earlier = {
        let mut nodes = lock(&NODES);
        let entry = nodes.get_or_insert_default().get_mut(&node);
        entry.map(|entry| {
            entry.device = Some(key(dev));
            entry.added.replace(now)
        })
    };
    match earlier {
        None => report(
            Kind::UnknownObject,
            format!("{call} of no resource"),
            None,
            now,
        ),
        Some(Some(first)) => {
            let message = format!("resource {name} was added twice");
            report(Kind::DoubleRegistration, message, Some(first), now);
        }
        Some(None) => {
            silently(dev, |state| state.devres.push(node));
        }
    }
}

fn off_list(node: usize) {
    if let Some(node) = lock(&NODES).get_or_insert_default().get_mut(&node) {
        node.device = None;
        node.added = None;
    }
}

fn describe(dev: usize, node: usize) -> String {
    let nodes = lock(&NODES);
    let node = nodes.as_ref().and_then(|nodes| nodes.get(&node));
    let name = node.map_or("unknown", |node| &node.name);
    format!("{}, {name}", names::of(dev))
}

fn is_allocated(release: dr_node_release_t) -> bool {
    let ours: unsafe extern "C" fn(*mut device, *mut devres_node) = release_allocated;
    release.is_some_and(|release| release as usize == ours as usize)
}

/// `drivers/base/devres.c: dr_node_release`.
///
/// # Safety
///
/// `node` is the beginning of a `Devres`.
unsafe extern "C" fn release_allocated(dev: *mut device, node: *mut devres_node) {
    let devres: *mut Devres = pointer(key(node));
    // SAFETY: The caller's promise.
    if let Some(release) = unsafe { (*devres).release } {
        // SAFETY: The resource was added to be released by this function.
        unsafe { release(dev, pointer(key(node) + HEADER)) };
    }
}

/// `drivers/base/devres.c: dr_node_free`.
///
/// # Safety
///
/// `node` is the beginning of a `Devres` that nobody uses any more.
unsafe extern "C" fn free_allocated(node: *mut devres_node) {
    detail!("devres free");
    mm::free("devres_free", key(node));
}

#[repr(C)]
struct Action {
    action: Option<unsafe extern "C" fn(*mut c_void)>,
    data: *mut c_void,
}

/// # Safety
///
/// `res` is an `Action`.
unsafe extern "C" fn run_action(_dev: *mut device, res: *mut c_void) {
    // SAFETY: The caller's promise.
    let Action { action, data } = unsafe { res.cast::<Action>().read() };
    if let Some(action) = action {
        // SAFETY: `devm_add_action_or_reset` was allowed to call it once.
        unsafe { action(data) };
    }
}
