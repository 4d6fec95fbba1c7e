//! An instrumented DRM core and driver core behind the C ABI.
