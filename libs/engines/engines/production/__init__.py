"""Adapters of the three ports on servers: Kafka, MongoDB, S3; imported only when a URL names them."""
