"""People at work, played through the public API: residents, clerks, officials, and the papers they photograph."""
