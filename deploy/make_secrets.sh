#!/bin/sh
# make_secrets.sh [FOLDER]: creates random passwords and the URLs with them for compose.yaml. Existing files stay unchanged.
# Only you can open the folder; its files are mounted one by one and read by the containers' own users.
set -eu

folder=${1:-$(dirname "$0")/secrets}
mkdir -p "$folder"
chmod 700 "$folder"

keep() {  # keep NAME CONTENT
    if [ ! -e "$folder/$1" ]; then
        printf '%s\n' "$2" > "$folder/$1"
        chmod 444 "$folder/$1"
    fi
}

for role in postgres owner app staff loader; do
    keep "${role}_password" "$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')"
done

password() { cat "$folder/$1_password"; }

keep owner_url "postgresql://recoup:$(password owner)@postgres:5432/recoup"
keep loader_url "postgresql://recoup_loader:$(password loader)@postgres:5432/recoup"
keep app_url "postgresql://recoup_app:$(password app)@pgbouncer:6432/recoup"
keep staff_url "postgresql://recoup_staff:$(password staff)@pgbouncer:6432/recoup"
