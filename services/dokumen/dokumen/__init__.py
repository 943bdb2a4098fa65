"""Papers in, letters out: uploads, checks, numbers, PDF, signatures, verification."""
