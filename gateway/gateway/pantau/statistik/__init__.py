"""Statistics and backlog: a projection of `peristiwa` alone, one small row per application."""
