"""Web app of a kelurahan: pages over the gateway's public API, and over nothing else."""
