//! Sharing: reference counting and locks.

pub mod aref;
