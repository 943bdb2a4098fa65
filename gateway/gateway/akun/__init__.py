"""Accounts: who exists, which role and area, where messages go."""
