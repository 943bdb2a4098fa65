"""The common part of every Flask application: problems, health, identity, idempotency, paging."""
