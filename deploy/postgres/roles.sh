#!/bin/sh
# Makes the pages' and the loader's roles with their passwords, in a new server. They own nothing and pass no guard by;
# `python -m core migrate` gives them what each may do.
set -eu

secrets=${SECRETS:-/run/secrets}

for name in app staff loader; do
    # over standard input, so that no password is seen in the list of processes
    psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname "${POSTGRES_DB:-postgres}" <<SQL
create role recoup_$name login nosuperuser nocreatedb nocreaterole noinherit nobypassrls
    password '$(cat "$secrets/${name}_password")';
SQL
done
