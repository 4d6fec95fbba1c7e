//! Sharing: reference counting and locks.
//!
//! C objects count their own references ([`aref`]); Rust objects are counted by [`arc`].

pub mod arc;
pub mod aref;
pub mod lock;

pub use arc::{Arc, ArcBorrow};
pub use lock::{LockClassKey, Mutex, MutexGuard};

#[doc(inline)]
pub use crate::new_mutex;
