#!/bin/sh
# Prepares a new server, as its superuser: creates the owner of Recoup's database, who is no superuser, and the roles of the
# pages and the loader with their passwords. These own nothing and bypass nothing; `python -m core migrate` grants their rights.
set -eu

secrets=${SECRETS:-/run/secrets}
superuser=${POSTGRES_USER:-postgres}
database=${POSTGRES_DB:-recoup}

# over standard input, so that the process list shows no password; PSQL may be "runuser -u postgres -- psql"
ask() { ${PSQL:-psql} --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$superuser" --dbname "$1"; }

# an owner that is the superuser already, as in older set-ups, stays superuser
ask postgres <<SQL
select not exists (select from pg_roles where rolname = 'recoup') as is_new \gset
\if :is_new
create role recoup login createrole nosuperuser nocreatedb nobypassrls password '$(cat "$secrets/owner_password")';
-- so that it can bound the temporary files of other tools' logins
grant set on parameter temp_file_limit to recoup;
\endif
select not exists (select from pg_database where datname = '$database') as is_new \gset
\if :is_new
create database $database owner recoup template template0 encoding 'UTF8' locale 'C';
\else
alter database $database owner to recoup;
\endif
SQL

ask "$database" <<SQL
-- what PostgreSQL lets everybody call, and no login needs: large objects fill the disk, advisory locks the table of locks
select format('revoke execute on function %s from public', oid::regprocedure)
from pg_proc
where pronamespace = 'pg_catalog'::regnamespace and proname ~ '^(lo_.*|loread|lowrite|pg_(try_)?advisory_.*)\$'
\gexec
set session authorization recoup;
create role recoup_app login nosuperuser nocreatedb nocreaterole noinherit nobypassrls
    password '$(cat "$secrets/app_password")';
create role recoup_staff login nosuperuser nocreatedb nocreaterole noinherit nobypassrls
    password '$(cat "$secrets/staff_password")';
create role recoup_loader login nosuperuser nocreatedb nocreaterole noinherit nobypassrls
    password '$(cat "$secrets/loader_password")';
SQL
