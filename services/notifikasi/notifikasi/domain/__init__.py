"""The rules: pure decisions over the standard library."""
