"""Telling people: in-app inbox, e-mail, a folder one can look at."""
