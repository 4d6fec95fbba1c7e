//! Tables of the devices that a driver serves, each with information for the driver.
//!
//! C reads the tables to find the driver of a device, and gives the matching entry back, from which
//! the adapter takes the information.

use core::marker::PhantomData;
use core::mem::MaybeUninit;

/// An entry of a table.
///
/// # Safety
///
/// `Self` is a transparent wrapper of `RawType`, in which a pointer can be stored at
/// `DATA_OFFSET`; an entry of zeroes ends a table.
pub unsafe trait RawDeviceId {
    /// The C struct.
    type RawType: Copy;

    /// Where the driver's data lies in the C struct.
    const DATA_OFFSET: usize;
}

/// A table, whose address C knows.
///
/// Sealed: C and the adapters rely on the contents.
pub trait IdTable<T: RawDeviceId, U>: private::Sealed<T, U> {
    /// The first entry.
    fn as_ptr(&self) -> *const T::RawType;
}

mod private {
    pub trait Sealed<T, U> {}
    impl<T: super::RawDeviceId, U, const N: usize> Sealed<T, U> for super::IdArray<T, U, N> {}
}

/// A table of `N` entries.
///
/// # Invariants
///
/// Each entry holds a `&'static U` at `DATA_OFFSET`, and the sentinel is zero.
#[repr(C)]
pub struct IdArray<T: RawDeviceId, U: 'static, const N: usize> {
    ids: [MaybeUninit<T::RawType>; N],
    sentinel: MaybeUninit<T::RawType>,
    _info: PhantomData<(T, &'static U)>,
}

// SAFETY: The table does not change, and the information may be shared.
unsafe impl<T: RawDeviceId, U: Sync + 'static, const N: usize> Send for IdArray<T, U, N> {}

// SAFETY: The table does not change, and the information may be shared.
unsafe impl<T: RawDeviceId, U: Sync + 'static, const N: usize> Sync for IdArray<T, U, N> {}

impl<T: RawDeviceId + Copy, U: Sync + 'static, const N: usize> IdArray<T, U, N> {
    /// Creates a table.
    pub const fn new(ids: [(T, &'static U); N]) -> Self {
        let mut raw = [const { MaybeUninit::<T::RawType>::uninit() }; N];
        let mut i = 0;
        while i < N {
            let entry = raw[i].as_mut_ptr();
            // SAFETY: `T` is a transparent wrapper of `RawType`.
            unsafe { entry.cast::<T>().write(ids[i].0) };
            // INVARIANT: The entry holds a reference from here on.
            // SAFETY: A pointer can be stored there.
            unsafe {
                entry
                    .byte_add(T::DATA_OFFSET)
                    .cast::<&'static U>()
                    .write_unaligned(ids[i].1);
            }
            i += 1;
        }
        Self {
            ids: raw,
            sentinel: MaybeUninit::zeroed(),
            _info: PhantomData,
        }
    }
}

impl<T: RawDeviceId, U, const N: usize> IdTable<T, U> for IdArray<T, U, N> {
    fn as_ptr(&self) -> *const T::RawType {
        core::ptr::from_ref(self).cast()
    }
}

/// The driver's information in an entry.
///
/// # Safety
///
/// `id` is an entry, other than the sentinel, of an [`IdArray`] with information of type `U`.
pub(crate) unsafe fn info<T: RawDeviceId, U>(id: *const T::RawType) -> &'static U {
    // SAFETY: Each entry holds a reference by the type invariant.
    unsafe {
        id.byte_add(T::DATA_OFFSET)
            .cast::<&'static U>()
            .read_unaligned()
    }
}

/// Defines a static table.
#[doc(hidden)]
#[macro_export]
macro_rules! module_device_table {
    (
        $device_id:ty, $table:ident, $info_type:ty,
        [$(($id:expr, $info:expr $(,)?)),* $(,)?] $(,)?
    ) => {
        static $table: $crate::device_id::IdArray<
            $device_id,
            $info_type,
            { <[$device_id]>::len(&[$($id,)*]) },
        > = $crate::device_id::IdArray::new([$(($id, &$info),)*]);
    };
}
