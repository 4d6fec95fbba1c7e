//! The data of a bus driver lives as long as the binding; it cannot hold its device for ever.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3
use kernel::device::{Bound, Core};
use kernel::{auxiliary, prelude::*};

struct Driver;

kernel::auxiliary_device_table!(TABLE, (), [(auxiliary::DeviceId::new(c"m", c"n"), ())]);

impl auxiliary::Driver for Driver {
    type IdInfo = ();
    #[cfg(not(twin))]
    type Data<'bound> = &'static auxiliary::Device<Bound>;
    #[cfg(twin)]
    type Data<'bound> = &'bound auxiliary::Device<Bound>;

    const ID_TABLE: auxiliary::IdTable<()> = &TABLE;

    fn probe<'bound>(
        dev: &'bound auxiliary::Device<Core<'_>>,
        _info: &'bound (),
    ) -> impl PinInit<Self::Data<'bound>, Error> + 'bound {
        Ok(&**dev) //~ "lifetime may not live long enough" 'bound
                   //~^ "lifetime may not live long enough" '1
    }
}

fn main() {}
