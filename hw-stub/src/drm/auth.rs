//! Masters and authentication (`drivers/gpu/drm/drm_auth.c`).

use std::collections::HashMap;
use std::sync::Mutex;

use bindings::{drm_device, drm_file};

use super::file;
use crate::abi::{key, pointer};
use crate::sync::lock;
use crate::{client, fault};

#[derive(Default)]
struct Masters {
    current: HashMap<usize, u64>,
    /// By master and number.
    magics: HashMap<(u64, u32), Magic>,
    last: u64,
}

/// A number that is taken until its client goes away.
struct Magic {
    client: usize,
    answered: bool,
}

static MASTERS: Mutex<Option<Masters>> = Mutex::new(None);

/// `drm_master_open`: the first client of the primary node becomes master.
pub(super) fn open(dev: *mut drm_device, file: *mut drm_file) -> i32 {
    let current = lock(&MASTERS)
        .get_or_insert_default()
        .current
        .get(&key(dev))
        .copied();
    match current {
        None => new_set_master(dev, file),
        Some(master) => {
            set_master_of(file, Some(master));
            0
        }
    }
}

/// `drm_master_release`: what a file that goes away gives up.
pub(super) fn release(dev: *mut drm_device, file: *mut drm_file) {
    lock(&MASTERS)
        .get_or_insert_default()
        .magics
        .retain(|_, magic| magic.client != key(file));
    if is_current_master(dev, file) {
        drop_master(dev, file);
    }
}

/// `drm_is_current_master`.
pub(super) fn is_current_master(dev: *mut drm_device, file: *mut drm_file) -> bool {
    let mine = file::with("drm_is_current_master", file, |state| state.master).flatten();
    // SAFETY: The file is in the table, so its memory was not freed.
    let was_master = mine.is_some() && unsafe { (*file).is_master };
    let current = lock(&MASTERS)
        .get_or_insert_default()
        .current
        .get(&key(dev))
        .copied();
    was_master && current == mine
}

/// `drm_getmagic`: the number by which the master can authenticate this client.
pub(super) fn get_magic(file: *mut drm_file) -> u32 {
    let known = file::with("drm_getmagic", file, |state| (state.magic, state.master));
    let Some((None, Some(master))) = known else {
        return known.and_then(|(magic, _)| magic).unwrap_or(0);
    };
    let magic = lock(&MASTERS)
        .get_or_insert_default()
        .new_magic(master, key(file));
    file::with("drm_getmagic", file, |state| state.magic = Some(magic));
    magic
}

/// `drm_authmagic`.
pub(super) fn auth_magic(file: *mut drm_file, magic: u32) -> i32 {
    let master = file::with("drm_authmagic", file, |state| state.master).flatten();
    let Some(master) = master else {
        return -libc::EINVAL;
    };
    let client = lock(&MASTERS).get_or_insert_default().answer(master, magic);
    let Some(client) = client else {
        return -libc::EINVAL;
    };
    // SAFETY: A file that goes away takes its numbers with it, so this one is open.
    unsafe { (*pointer::<drm_file>(client)).authenticated = true };
    0
}

impl Masters {
    /// Gives a client the first number of its master that is free.
    fn new_magic(&mut self, master: u64, client: usize) -> u32 {
        let mut numbers = 1..;
        let free = numbers.find(|number| !self.magics.contains_key(&(master, *number)));
        let number = free.expect("there are more numbers than clients");
        let answered = false;
        self.magics
            .insert((master, number), Magic { client, answered });
        number
    }

    /// The client with a number that nobody has answered yet.
    fn answer(&mut self, master: u64, number: u32) -> Option<usize> {
        let magic = self.magics.get_mut(&(master, number))?;
        let first = !std::mem::replace(&mut magic.answered, true);
        first.then_some(magic.client)
    }
}

/// `drm_setmaster_ioctl`.
pub(super) fn set_master(dev: *mut drm_device, file: *mut drm_file) -> i32 {
    if !may_change_master(file) {
        return -libc::EACCES;
    }
    if is_current_master(dev, file) {
        return 0;
    }
    let mine = file::with("drm_setmaster", file, |state| state.master).flatten();
    // SAFETY: The file is in the table, so its memory was not freed.
    let was_master = unsafe { (*file).is_master };
    {
        let mut masters = lock(&MASTERS);
        let current = &mut masters.get_or_insert_default().current;
        if current.contains_key(&key(dev)) {
            return -libc::EBUSY;
        }
        let Some(mine) = mine else {
            return -libc::EINVAL;
        };
        if was_master {
            current.insert(key(dev), mine);
        }
    }
    if !was_master {
        return new_set_master(dev, file);
    }
    call_master_set(dev, file, false);
    0
}

/// `drm_dropmaster_ioctl`.
pub(super) fn drop_master_ioctl(dev: *mut drm_device, file: *mut drm_file) -> i32 {
    if !may_change_master(file) {
        return -libc::EACCES;
    }
    if !is_current_master(dev, file) {
        return -libc::EINVAL;
    }
    drop_master(dev, file);
    0
}

/// Forgets the master of a device that goes away.
pub(super) fn forget(dev: *mut drm_device) {
    lock(&MASTERS)
        .get_or_insert_default()
        .current
        .remove(&key(dev));
}

/// `drm_master_check_perm`: who was master before needs no privilege.
fn may_change_master(file: *mut drm_file) -> bool {
    // SAFETY: The file is open while an ioctl on it runs.
    client::credentials().root || unsafe { (*file).is_master }
}

/// `drm_new_set_master`.
fn new_set_master(dev: *mut drm_device, file: *mut drm_file) -> i32 {
    if fault::fails("drm_new_set_master") {
        return -libc::ENOMEM;
    }
    let master = {
        let mut masters = lock(&MASTERS);
        let masters = masters.get_or_insert_default();
        masters.last += 1;
        masters.current.insert(key(dev), masters.last);
        masters.last
    };
    set_master_of(file, Some(master));
    // SAFETY: The file is being opened, or an ioctl on it runs.
    unsafe {
        (*file).is_master = true;
        (*file).authenticated = true;
    }
    call_master_set(dev, file, true);
    0
}

fn drop_master(dev: *mut drm_device, file: *mut drm_file) {
    // SAFETY: The driver outlives its device.
    if let Some(master_drop) = unsafe { (*(*dev).driver).master_drop } {
        // SAFETY: This is where the core calls it.
        unsafe { master_drop(dev, file) };
    }
    forget(dev);
}

fn call_master_set(dev: *mut drm_device, file: *mut drm_file, from_open: bool) {
    // SAFETY: The driver outlives its device.
    if let Some(master_set) = unsafe { (*(*dev).driver).master_set } {
        // SAFETY: This is where the core calls it.
        unsafe { master_set(dev, file, from_open) };
    }
}

fn set_master_of(file: *mut drm_file, master: Option<u64>) {
    file::with("drm_master_open", file, |state| state.master = master);
}
