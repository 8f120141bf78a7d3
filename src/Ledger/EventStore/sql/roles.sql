-- Run before the migrations, by a role that may create roles. Names are fixed: docs/operations.md.
do $$
begin
  if not exists (select from pg_roles where rolname = 'ledger_owner') then create role ledger_owner nologin; end if;
  if not exists (select from pg_roles where rolname = 'ledger_app') then create role ledger_app nologin; end if;
  if not exists (select from pg_roles where rolname = 'ledger_foreign') then create role ledger_foreign nologin; end if;
end $$;
