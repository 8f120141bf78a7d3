-- What an import proposed. The item's id counts only while its submission is open (it may be imported again once that was rejected,
-- returned or withdrawn) and becomes a row of import_item when it is accepted.
alter table submission
  add column import        uuid,   -- all that was proposed by one import
  add column import_item   text,   -- the item's id outside of this ledger
  add column import_sha256 bytea,  -- fingerprint of what the item says
  add column import_event  uuid,   -- id that its event gets when it is accepted: later items of the import refer to it
  add check (num_nulls(import, import_item, import_sha256, import_event) in (0, 4));
create unique index submission_import_item on submission (import_item) where state = 'open';
create index submission_import on submission (import, id) where import is not null;
