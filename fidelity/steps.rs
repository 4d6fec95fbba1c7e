//! The steps of the driver's life, by the numbers that its client asks for them with.

macro_rules! steps {
    ($($(#[$doc:meta])* $name:ident = $number:literal,)*) => {
        $($(#[$doc])* pub(crate) const $name: i32 = $number;)*
    };
}

steps! {
    /// Creates the parent, a faux device.
    CREATE_PARENT = 1,
    /// Makes a device, which is not registered.
    MAKE_DEVICE = 2,
    /// Makes a device whose data fails.
    MAKE_FAILING_DEVICE = 3,
    /// Drops the device that is not registered.
    DROP_UNREGISTERED = 4,
    /// Makes an object of the device that is not registered, and keeps it.
    MAKE_OBJECT = 5,
    /// Registers the device.
    REGISTER = 6,
    /// Registers it with data that fails.
    REGISTER_FAILING = 7,
    /// Registers it below a parent that is not its own.
    REGISTER_ELSEWHERE = 8,
    /// Keeps a reference to the registered device.
    KEEP_DEVICE = 9,
    /// Drops the registration.
    UNPLUG = 10,
    /// Destroys the parent.
    DESTROY_PARENT = 11,
    /// Drops the object that is kept.
    DROP_OBJECT = 12,
    /// Drops the reference that is kept.
    DROP_DEVICE = 13,
    /// Refuses files from now on.
    REFUSE_FILES = 14,
    /// Refuses files no longer.
    ACCEPT_FILES = 15,
}
