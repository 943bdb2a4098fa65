"""Shares (bagian): what one kelurahan may hold of the door, so that its flood is never another one's."""
