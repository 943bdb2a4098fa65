"""The ekel command: up, seed, demo, check and the operator's tools."""
