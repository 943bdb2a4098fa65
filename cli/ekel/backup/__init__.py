"""One encrypted file that holds one moment of an installation, and the way back from it."""
