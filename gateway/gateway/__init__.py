"""The single public door: identity, accounts, routing, limits, the unified stream."""
