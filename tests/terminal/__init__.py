"""The terminal as a device, without one."""
