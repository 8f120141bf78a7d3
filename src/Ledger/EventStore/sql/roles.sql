-- Run before the migrations, by a role that may create roles. Names are fixed: docs/operations.md. Roles belong to the whole
-- server: a migration of another database may make them in the same moment.
do $$
declare
  role text;
begin
  foreach role in array array['ledger_owner', 'ledger_app', 'ledger_foreign'] loop
    if not exists (select from pg_roles where rolname = role) then
      begin
        execute format('create role %I nologin', role);
      exception when duplicate_object or unique_violation then
        null;
      end;
    end if;
  end loop;
end $$;
