#!/bin/sh
# Passwords come by files and stay out of the environment of the container: here they are put into the addresses.
set -eu
with_password() { # address, file
  printf '%s' "$1" | sed "s|@|:$(tr -d '[:space:]' < "$2")@|"
}
[ -z "${DATABASE_PASSWORD_FILE:-}" ] || DATABASE_URL=$(with_password "$DATABASE_URL" "$DATABASE_PASSWORD_FILE")
[ -z "${MIGRATE_PASSWORD_FILE:-}" ] || JOBWRIGHT_MIGRATE_URL=$(with_password "$JOBWRIGHT_MIGRATE_URL" "$MIGRATE_PASSWORD_FILE")
export DATABASE_URL JOBWRIGHT_MIGRATE_URL
exec node "${JOBWRIGHT_BIN:-/app/dist/launch.js}" "$@"
