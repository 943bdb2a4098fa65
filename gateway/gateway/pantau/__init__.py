"""Watching: the unified event stream and the state of offices."""
