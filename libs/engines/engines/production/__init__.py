"""The production engines: servers that the operator runs."""
