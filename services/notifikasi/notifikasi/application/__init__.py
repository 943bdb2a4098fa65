"""What the service does: commands, handlers and queries."""
