"""How the service meets the outside: mappings and foreign libraries."""
