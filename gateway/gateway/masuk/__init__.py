"""Signing in: residents by a code, staff by a password, systems by client credentials."""
