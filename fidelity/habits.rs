//! What clients do to a device: objects and offsets, masters, and calls that are refused.

use crate::client::{Client, Machine};
use crate::ioctls::*;

impl<M: Machine> Client<'_, M> {
    /// The core's own ioctls.
    pub fn ask_core(&self, file: &M::File) {
        let version = self.ioctl(file, VERSION, [0, 0], "version");
        let patch_level = version[1] as u32;
        self.0.say(&format!("client: patch level {patch_level}"));
        self.ioctl(file, GEM_CLOSE, [7, 0], "close a handle that is none");
        self.ioctl(file, SET_MASTER, [0, 0], "set master");
        self.ioctl(file, GET_MAGIC, [0, 0], "get magic");
        self.read(file);
    }

    /// The master lets others in.
    pub fn authenticate(&self, first: &M::File, second: &M::File, root: &M::File) {
        self.create(second, SIZE, "make an object unauthenticated");
        let magic = self.ioctl(second, GET_MAGIC, [0, 0], "magic of the second")[0];
        self.ioctl(second, GET_MAGIC, [0, 0], "magic of the second again");
        self.ioctl(root, GET_MAGIC, [0, 0], "magic of root");
        self.ioctl(first, GET_MAGIC, [0, 0], "magic of the master");
        self.ioctl(second, AUTH_MAGIC, [magic, 0], "authenticate itself");
        self.ioctl(first, AUTH_MAGIC, [77, 0], "authenticate nobody");
        self.ioctl(first, AUTH_MAGIC, [magic, 0], "authenticate the second");
        self.ioctl(
            first,
            AUTH_MAGIC,
            [magic, 0],
            "authenticate the second again",
        );
        self.ioctl(second, GET_MAGIC, [0, 0], "magic of the second");
        self.create(second, SIZE, "make an object authenticated");
    }

    /// There is one master at a time.
    pub fn change_masters(&self, first: &M::File, second: &M::File, root: &M::File) {
        self.ioctl(second, SET_MASTER, [0, 0], "the second becomes master");
        self.ioctl(second, DROP_MASTER, [0, 0], "the second stops to be master");
        self.ioctl(
            root,
            SET_MASTER,
            [0, 0],
            "root becomes master beside the first",
        );
        self.ioctl(root, DROP_MASTER, [0, 0], "root stops to be master");
        self.ioctl(
            first,
            SET_MASTER,
            [0, 0],
            "the first becomes master, and is",
        );
        self.ioctl(first, DROP_MASTER, [0, 0], "the first stops to be master");
        self.ioctl(first, DROP_MASTER, [0, 0], "the first stops again");
        self.ioctl(
            first,
            AUTH_MAGIC,
            [1, 0],
            "authenticate without being master",
        );
        self.ioctl(root, SET_MASTER, [0, 0], "root becomes master");
        self.ioctl(
            first,
            SET_MASTER,
            [0, 0],
            "the first becomes master beside root",
        );
        self.ioctl(root, GET_MAGIC, [0, 0], "magic of root");
        self.ioctl(root, DROP_MASTER, [0, 0], "root stops to be master");
        self.ioctl(
            first,
            SET_MASTER,
            [0, 0],
            "the first becomes master once more",
        );
    }

    pub fn object_with_offset(&self, file: &M::File, handle: u64, pages: u64) {
        let title = format!("make an object of {pages} pages");
        self.create(file, SIZE * pages, &title);
        self.param(file, handle, "its offset");
    }

    /// Objects, their handles and offsets. Handles begin with `first` in use by nobody.
    pub fn use_objects(&self, file: &M::File, params: u64) {
        self.param(file, 0, "getparam");
        self.create(file, SIZE, "make an object");
        self.create(file, SIZE * 2, "make a larger object");
        self.create(file, SIZE * 65, "make an object that will not open");
        self.create(file, SIZE * 129, "make an object that fails");
        self.ioctl(file, GEM_INFO, [2, 0], "size of handle 2");
        if params > 0 {
            self.use_offsets(file);
        }
        self.ioctl(file, GEM_CLOSE, [2, 0], "close handle 2");
        self.ioctl(file, GEM_CLOSE, [2, 0], "close handle 2 again");
        self.ioctl(file, GEM_INFO, [2, 0], "size of no handle");
        self.create(file, SIZE, "make another object");
        if params > 0 {
            self.param(file, 2, "offset of handle 2");
            self.create(file, SIZE * 2, "make an object of two pages");
            self.param(file, 3, "offset of handle 3");
        }
    }

    /// Offsets of the objects with handles 1 and 2.
    fn use_offsets(&self, file: &M::File) {
        self.param(file, 2, "offset of handle 2");
        let offset = self.param(file, 1, "offset of handle 1");
        self.param(file, 1, "offset of handle 1 again");
        self.mmap(file, offset, 4096, "map an object without operations");
        self.mmap(file, offset, 3 * 4096, "map more than the object");
        self.mmap(file, offset + (1 << 30), 4096, "map nothing");
    }

    /// Calls that are refused.
    pub fn misuse(&self, file: &M::File) {
        self.ioctl_nowhere(file, GETPARAM, "getparam");
        self.ioctl_nowhere(file, ioctl(2 << 30, 0x40, 16), "getparam that only reads");
        self.ioctl_nowhere(file, VERSION, "version");
        self.ioctl(
            file,
            ioctl(IN_OUT, 0x43, 16),
            [0, 0],
            "an ioctl beyond the table",
        );
        self.ioctl(file, ioctl(IN_OUT, 0xff, 16), [0, 0], "an ioctl beyond all");
        self.ioctl(
            file,
            ioctl(IN_OUT, 0x3d, 16),
            [0, 0],
            "an ioctl between others",
        );
        self.ioctl(
            file,
            ioctl(IN_OUT, 0x3f, 16),
            [0, 0],
            "an ioctl of the core that does nothing",
        );
        self.ioctl(
            file,
            ioctl(IN_OUT, 0xa0, 16),
            [0, 0],
            "an ioctl about modes",
        );
        self.ioctl(
            file,
            GETPARAM & !0xff00 | 0x4500,
            [0, 0],
            "an ioctl of another type",
        );
        self.ioctl(
            file,
            ioctl(IN_OUT, 0x40, 8),
            [0, 7],
            "an ioctl with a short argument",
        );
        self.ioctl(
            file,
            ioctl(IN_OUT, 0x40, 32),
            [0, 7],
            "an ioctl with a long argument",
        );
        self.ioctl(
            file,
            ioctl(1 << 30, 0x40, 16),
            [0, 7],
            "an ioctl that only writes",
        );
        self.ioctl(
            file,
            ioctl(2 << 30, 0x40, 16),
            [9, 7],
            "an ioctl that only reads",
        );
        self.param(file, 99, "getparam of no handle");
        self.ioctl(file, GEM_INFO, [0, 0], "size of handle 0");
    }
}
