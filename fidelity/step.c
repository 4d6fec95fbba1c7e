// SPDX-License-Identifier: MIT OR Apache-2.0
/*
 * The file by which the init program lets the driver take a step, and what only C can do: to take
 * the name of a node, so that registering a device with it fails half-way.
 */
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/slab.h>
#include <drm/drm_sysfs.h>

int fidelity_step(int step);

static struct device *squatter;

static void release_squatter(struct device *dev)
{
	kfree(dev);
}

static int take_name(void)
{
	int result;

	squatter = kzalloc(sizeof(*squatter), GFP_KERNEL);
	if (!squatter)
		return -ENOMEM;
	device_initialize(squatter);
	squatter->release = release_squatter;
	result = dev_set_name(squatter, "card0");
	if (!result)
		result = drm_class_device_register(squatter);
	if (result)
		put_device(squatter);
	return result;
}

static int leave_name(void)
{
	drm_class_device_unregister(squatter);
	return 0;
}

/* An ioctl, because the way to it allocates nothing that could fail in the place of the driver. */
static long take_step(struct file *file, unsigned int cmd, unsigned long step)
{
	switch (step) {
	case 100:
		return take_name();
	case 101:
		return leave_name();
	default:
		return fidelity_step(step);
	}
}

static const struct file_operations step_fops = { .unlocked_ioctl = take_step };
static struct miscdevice step_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "fidelity",
	.fops = &step_fops,
};
builtin_misc_device(step_device);
