#!/bin/bash
# Healthy is a primary; the set is founded the first time that nobody has.
set -eu
password=$(cat /run/secrets/mongo_password)
mongosh --quiet -u ekel -p "$password" --authenticationDatabase admin --eval '
  try { rs.status() } catch (e) { rs.initiate({_id: "rs0", members: [{_id: 0, host: "mongo:27017"}]}) }
  quit(db.hello().isWritablePrimary ? 0 : 1)'
