#!/bin/sh
# start.sh CONFIGURATION: writes the user list from the secrets, and runs pgbouncer.
set -eu

secrets=${SECRETS:-/run/secrets}
users=${USERS:-/run/pgbouncer/userlist.txt}

umask 077
for name in app staff; do
    printf '"recoup_%s" "%s"\n' "$name" "$(cat "$secrets/${name}_password")"
done > "$users"
exec "${PGBOUNCER:-/usr/sbin/pgbouncer}" "$1"
