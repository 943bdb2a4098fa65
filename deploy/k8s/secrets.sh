#!/bin/sh
# Prints the Secrets that deploy/k8s reads, from a key folder made by `ekel keys make` and two URLs:
#   EKEL_DOCUMENTS_URL=… EKEL_OBJECTS_URL=… deploy/k8s/secrets.sh FOLDER | kubectl apply -f -
# Keep the folder: what it holds cannot be made again. Optional: EKEL_SMTP_URL, EKEL_TTE_SANDI; for the small overlay
# MINIO_USER and MINIO_PASSWORD, the same as in EKEL_OBJECTS_URL; MONGO_PASSWORD as in EKEL_DOCUMENTS_URL.
set -eu
keys=${1:?folder of the keys}
secret() { # NAME, then pairs of KEY FILE
    printf -- '---\napiVersion: v1\nkind: Secret\nmetadata: {name: %s, namespace: ekelurahan}\ndata:\n' "$1"
    shift
    while [ $# -gt 0 ]; do
        printf '  %s: %s\n' "$1" "$(base64 < "$2" | tr -d '\n')"
        shift 2
    done
}
text() { # what a file with this text is called
    file=$(mktemp "$scratch/XXXXXX")
    printf '%s' "$1" > "$file"
    printf '%s' "$file"
}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

for name in pengajuan persetujuan notifikasi; do
    secret "ekel-keys-$name" "$name.pem" "$keys/$name.pem" pseudonim.key "$keys/pseudonim.key"
done
secret ekel-keys-gateway gateway.pem "$keys/gateway.pem" pseudonim.key "$keys/pseudonim.key" brankas.key "$keys/brankas.key" \
    pengunjung.key "$keys/pengunjung.key"
secret ekel-keys-dokumen dokumen.pem "$keys/dokumen.pem" pseudonim.key "$keys/pseudonim.key" verifikasi.key "$keys/verifikasi.key"
set -- ekel-keys-public
for file in "$keys"/public/*.pem; do set -- "$@" "$(basename "$file")" "$file"; done
secret "$@"
[ -e "$keys/frontend.sesi" ] || (umask 077 && head -c 32 /dev/urandom > "$keys/frontend.sesi")
secret ekel-frontend sesi "$keys/frontend.sesi" pengunjung "$keys/pengunjung.key"
secret ekel-engines ekel_documents_url "$(text "${EKEL_DOCUMENTS_URL:?}")" ekel_objects_url "$(text "${EKEL_OBJECTS_URL:?}")" \
    ekel_smtp_url "$(text "${EKEL_SMTP_URL:-}")" ekel_tte_sandi "$(text "${EKEL_TTE_SANDI:-}")"
[ -z "${MONGO_PASSWORD:-}" ] || secret ekel-mongo-password password "$(text "$MONGO_PASSWORD")"
[ -z "${MINIO_USER:-}" ] || secret ekel-minio user "$(text "$MINIO_USER")" password "$(text "${MINIO_PASSWORD:?}")"
