"""A day of the kelurahan, played by threads that know nothing but the public API: residents, counters, officials."""
