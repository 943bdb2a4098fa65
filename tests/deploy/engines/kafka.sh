#!/bin/bash
# Kafka with its settings from KAFKA_*, as the official image takes them.
set -euo pipefail
jars='/opt/kafka/*'
env | grep '^KAFKA_' | grep -v HEAP | while IFS='=' read -r name value; do
    name=${name#KAFKA_}
    printf '%s=%s\n' "$(tr '[:upper:]_' '[:lower:].' <<< "$name")" "$value"
done > /tmp/server.properties
[ -e /var/lib/kafka/data/meta.properties ] ||
    java -cp "$jars" kafka.tools.StorageTool format --cluster-id="$CLUSTER_ID" -c /tmp/server.properties
exec java -Xms128m -Xmx384m -XX:+UseSerialGC -cp "$jars" kafka.Kafka /tmp/server.properties
