#!/bin/sh
# restore.sh BACKUP: restores a backup of backup.sh into a server without a database of its name. Existing roles get the backup's
# settings. libpq's variables select the server, as for backup.sh; the login must be a superuser. Then:
#   python -m core migrate && python -m core check
set -eu

backup=${1:?usage: restore.sh BACKUP}
: "${PGDATABASE:=recoup}"
database=$PGDATABASE
if [ -n "${PGPASSWORD_FILE:-}" ]; then
    PGPASSWORD=$(cat "$PGPASSWORD_FILE")
    export PGPASSWORD
fi
export PGDATABASE=postgres

# ignore errors about existing roles only
sed 's/^CREATE ROLE \(.*\);$/do $$ begin create role \1; exception when duplicate_object then null; end $$;/' "$backup/roles.sql" \
    | psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --single-transaction
createdb --template template0 --encoding UTF8 --locale C "$database"
pg_restore --exit-on-error --jobs "${JOBS:-2}" --dbname "$database" "$backup/recoup.dump"
export PGDATABASE="$database"
# give the database back to its owner, who migrates it
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 <<'SQL'
select format('alter database %I owner to %I', current_database(), tableowner)
from pg_tables where schemaname = 'public' and tablename = 'account'
\gexec
analyze;
SQL
