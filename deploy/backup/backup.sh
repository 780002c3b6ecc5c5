#!/bin/sh
# backup.sh FOLDER: one backup, complete or none, as FOLDER/recoup-<UTC time>/ with
#   roles.sql       the roles with their (hashed) passwords and memberships; without passwords where the login may not read them
#   recoup.dump     the database, in pg_dump's own compressed format
# libpq's variables (PGHOST, PGUSER, PGDATABASE, PGPASSFILE) or PGPASSWORD_FILE select server and login. The programs must be
# at least as new as the server. After a new backup, those older than KEEP_DAYS (default 30) are deleted.
set -eu
umask 077

folder=${1:?usage: backup.sh FOLDER}
: "${PGDATABASE:=recoup}"
export PGDATABASE
if [ -n "${PGPASSWORD_FILE:-}" ]; then
    PGPASSWORD=$(cat "$PGPASSWORD_FILE")
    export PGPASSWORD
fi

# one folder per backup, so that concurrent ones do not interfere; a second one in the same second waits for the next
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
# left over by a killed backup
find "$folder" -maxdepth 1 -name '.unfinished*' -type d -mtime +1 -exec rm -rf {} +
echo "$made"
