//! The probe driver and the helpers that cases share.
