"""Where calls come in: HTTP, events and timers."""
