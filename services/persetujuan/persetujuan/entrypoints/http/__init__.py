"""The public operations of persetujuan, one file per feature."""
