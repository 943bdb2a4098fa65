"""The public operations of dokumen, one file per feature."""
