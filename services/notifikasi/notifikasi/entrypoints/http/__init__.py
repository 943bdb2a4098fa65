"""The operations of notifikasi, one file per feature."""
