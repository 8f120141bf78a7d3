-- Which item of an import became which event: a second import of the same file records nothing twice, and another content under a
-- known id is noticed.
create table import_item (
  id       text  primary key,
  sha256   bytea not null,
  event_id uuid  not null unique
);
grant select, insert on import_item to ledger_app;
select append_only('import_item');
