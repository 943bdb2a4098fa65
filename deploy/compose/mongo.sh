#!/bin/bash
# Start MongoDB as a replica set of one; its key must be its own and nobody else's, which a mounted file is not.
set -eu
install -m 0400 -o mongodb -g mongodb /run/secrets/mongo_key /tmp/mongo.key
exec docker-entrypoint.sh mongod --replSet rs0 --bind_ip_all --keyFile /tmp/mongo.key --wiredTigerCacheSizeGB 0.4
