//! Shorthands for recording events.

/// Records an event in the words of `format!`.
macro_rules! event {
    ($($text:tt)*) => { $crate::oracle::event(format!($($text)*)) };
}

/// Records an event that traces leave out, in the words of `format!`.
macro_rules! detail {
    ($($text:tt)*) => { $crate::oracle::detail(format!($($text)*)) };
}
