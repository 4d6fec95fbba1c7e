//! Spans of time, and waiting.
//!
//! C header: `include/linux/time64.h`. There is no clock here.

pub mod delay;

use core::ops::{Add, AddAssign, Mul, Sub, SubAssign};

/// Nanoseconds in a microsecond.
pub const NSEC_PER_USEC: i64 = 1_000;
/// Nanoseconds in a millisecond.
pub const NSEC_PER_MSEC: i64 = 1_000_000;
/// Nanoseconds in a second.
pub const NSEC_PER_SEC: i64 = 1_000_000_000;

/// A span of time, in nanoseconds; it may be negative.
#[derive(Copy, Clone, PartialEq, PartialOrd, Eq, Ord, Debug)]
pub struct Delta {
    nanos: i64,
}

impl Delta {
    /// No time.
    pub const ZERO: Self = Self { nanos: 0 };

    /// A span of nanoseconds.
    pub const fn from_nanos(nanos: i64) -> Self {
        Self { nanos }
    }

    /// A span of microseconds.
    pub const fn from_micros(micros: i64) -> Self {
        Self::from_nanos(micros.saturating_mul(NSEC_PER_USEC))
    }

    /// A span of milliseconds.
    pub const fn from_millis(millis: i64) -> Self {
        Self::from_nanos(millis.saturating_mul(NSEC_PER_MSEC))
    }

    /// A span of seconds.
    pub const fn from_secs(secs: i64) -> Self {
        Self::from_nanos(secs.saturating_mul(NSEC_PER_SEC))
    }

    /// Whether it is no time.
    pub const fn is_zero(self) -> bool {
        self.nanos == 0
    }

    /// Whether it is less than no time.
    pub const fn is_negative(self) -> bool {
        self.nanos < 0
    }

    /// In nanoseconds.
    pub const fn as_nanos(self) -> i64 {
        self.nanos
    }

    /// In microseconds, rounded up.
    pub const fn as_micros_ceil(self) -> i64 {
        self.nanos.saturating_add(NSEC_PER_USEC - 1) / NSEC_PER_USEC
    }

    /// In milliseconds, rounded towards zero.
    pub const fn as_millis(self) -> i64 {
        self.nanos / NSEC_PER_MSEC
    }
}

impl Add for Delta {
    type Output = Self;

    fn add(self, rhs: Self) -> Self {
        Self::from_nanos(self.nanos + rhs.nanos)
    }
}

impl AddAssign for Delta {
    fn add_assign(&mut self, rhs: Self) {
        *self = *self + rhs;
    }
}

impl Sub for Delta {
    type Output = Self;

    fn sub(self, rhs: Self) -> Self {
        Self::from_nanos(self.nanos - rhs.nanos)
    }
}

impl SubAssign for Delta {
    fn sub_assign(&mut self, rhs: Self) {
        *self = *self - rhs;
    }
}

impl Mul<i64> for Delta {
    type Output = Self;

    fn mul(self, rhs: i64) -> Self {
        Self::from_nanos(self.nanos * rhs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn microseconds_are_rounded_up() {
        assert_eq!(Delta::from_nanos(1_001).as_micros_ceil(), 2);
        assert_eq!(Delta::from_nanos(1_000).as_micros_ceil(), 1);
        assert_eq!(Delta::ZERO.as_micros_ceil(), 0);
    }
}
