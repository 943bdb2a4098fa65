"""The stream as Server-Sent Events: one loop owns all sockets, one thread reads the log."""
