#!/bin/bash
# Run once by the postgres image on an empty volume: a database per service, its owner (migrations) and a role that owns nothing (the service).
# The same names and rights as tools/start/databases.ts.
set -euo pipefail

make() {
  psql --username postgres --dbname postgres --set ON_ERROR_STOP=1 --quiet \
    --set name="forbear_$1" --set owner="forbear_$1_owner" --set ownerpw="$2" --set apppw="$3" <<'SQL'
create role :"owner" login nosuperuser nocreatedb nocreaterole nobypassrls password :'ownerpw';
create role :"name" login nosuperuser nocreatedb nocreaterole nobypassrls password :'apppw';
create database :"name" owner :"owner";
revoke connect, temporary on database :"name" from public;
grant connect on database :"name" to :"name";
SQL
}

make collections "$COLLECTIONS_OWNER_PASSWORD" "$COLLECTIONS_APP_PASSWORD"
make complaints "$COMPLAINTS_OWNER_PASSWORD" "$COMPLAINTS_APP_PASSWORD"
make identity "$IDENTITY_OWNER_PASSWORD" "$IDENTITY_APP_PASSWORD"
make console "$CONSOLE_OWNER_PASSWORD" "$CONSOLE_APP_PASSWORD"
make queue "$QUEUE_OWNER_PASSWORD" "$QUEUE_APP_PASSWORD"
