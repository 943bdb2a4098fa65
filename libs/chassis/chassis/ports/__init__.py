"""What the chassis asks of the outside world: documents, events, objects."""
