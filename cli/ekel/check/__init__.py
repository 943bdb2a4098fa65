"""`ekel check`: every store, the log and what they must agree on."""
