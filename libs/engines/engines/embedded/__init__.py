"""The embedded engines: one machine, nothing to install."""
