#!/bin/sh
# backup.sh FOLDER: one backup, whole or not at all, as FOLDER/recoup-<UTC time>/ with
#   roles.sql       the roles with their (hashed) passwords and memberships; without passwords where the login may not read them
#   recoup.dump     the database, in pg_dump's own compressed format
# Where the server is and who asks, libpq's variables say (PGHOST, PGUSER, PGDATABASE, PGPASSFILE), or PGPASSWORD_FILE. The
# programs must be as new as the server. Backups older than KEEP_DAYS (default 30) are removed after a new one is there.
set -eu
umask 077

folder=${1:?usage: backup.sh FOLDER}
: "${PGDATABASE:=recoup}"
export PGDATABASE
if [ -n "${PGPASSWORD_FILE:-}" ]; then
    PGPASSWORD=$(cat "$PGPASSWORD_FILE")
    export PGPASSWORD
fi

# a folder of its own for each, so that two at once do not meet; a second one in the same second waits for the next
mkdir -p "$folder"
name() { moment=$(date -u +%Y%m%dT%H%M%SZ); made=$folder/recoup-$moment; unfinished=$folder/.unfinished-$moment; }
while :; do
    name
    if mkdir "$unfinished" 2> /dev/null; then
        [ -e "$made" ] || break
        rmdir "$unfinished"
    elif [ ! -w "$folder" ]; then
        echo "backup.sh: can not write into $folder" >&2
        exit 1
    fi
    sleep 1
done
trap 'rm -rf "$unfinished"' EXIT
trap 'exit 1' HUP INT TERM

is_superuser=$(psql --no-psqlrc --tuples-only --no-align --command "select rolsuper from pg_roles where rolname = current_user")
[ "$is_superuser" = t ] && passwords= || passwords=--no-role-passwords
pg_dumpall $passwords --roles-only --no-tablespaces --database "$PGDATABASE" > "$unfinished/roles.sql"
pg_dump --format custom --file "$unfinished/recoup.dump"
pg_restore --list "$unfinished/recoup.dump" > /dev/null  # a dump that can be read

mv "$unfinished" "$made"
find "$folder" -maxdepth 1 -name 'recoup-*' -type d -mtime "+${KEEP_DAYS:-30}" -exec rm -rf {} +
# what one that was killed has left behind
find "$folder" -maxdepth 1 -name '.unfinished*' -type d -mtime +1 -exec rm -rf {} +
echo "$made"
