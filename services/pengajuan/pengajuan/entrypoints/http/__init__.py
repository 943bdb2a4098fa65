"""The public API of pengajuan, one file per feature."""
