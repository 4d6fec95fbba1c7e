//! The hash of everything that a fact depends on.
//!
//! Owns how fields become bytes, so that no two lists of fields hash alike.

/// The hash of everything that a fact depends on.
pub type Key = [u8; 32];

/// Adds a field so that no two lists of fields have the same bytes.
pub fn add(hasher: &mut blake3::Hasher, field: &[u8]) {
    hasher.update(&(field.len() as u64).to_le_bytes());
    hasher.update(field);
}
