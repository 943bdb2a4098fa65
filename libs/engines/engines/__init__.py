"""Adapters of the three ports: embedded (SQLite, files) and production (MongoDB, Kafka, S3)."""
