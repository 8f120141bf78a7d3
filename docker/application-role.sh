#!/usr/bin/env bash
# Run once by the database image when it makes the database: the application logs in with a role of its own, not as superuser.
set -euo pipefail
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set ON_ERROR_STOP=1 --set password="$LEDGER_APP_PASSWORD" <<'SQL'
create role ledger_app login password :'password';
SQL
