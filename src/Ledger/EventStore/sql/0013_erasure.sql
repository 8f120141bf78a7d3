-- What the operator alone may take away, and nothing else: personal values (erased), and in an emergency a whole event's data (withheld). Both
-- are declared by an event in the same transaction. No role but the owner may call these functions.

create table log_withheld (
  idx         bigint      primary key,
  event_id    uuid        not null unique,
  declared_by uuid        not null unique,                    -- id of the event 'withheld'
  at          timestamptz not null default clock_timestamp()
);
select append_only('log_withheld');
grant select on log_withheld to ledger_app;

-- An event's row and its entry may lose their content once they are withheld, and only that.
create function guard_withheld() returns trigger language plpgsql set search_path = ledger, pg_temp as $$
begin
  if tg_op = 'UPDATE' and current_user = 'ledger_owner' then
    if tg_table_name = 'mt_events' then
      if new.data = '{}' and new.headers is null
         and exists (select from log_withheld where event_id = old.id)
         and to_jsonb(new) - 'data' - 'headers' = to_jsonb(old) - 'data' - 'headers' then
        return new;
      end if;
    elsif tg_table_name = 'log_entry' then
      if new.entry is null and (new.idx, new.leaf_hash) = (old.idx, old.leaf_hash)
         and exists (select from log_withheld where idx = old.idx) then
        return new;
      end if;
    end if;
  end if;
  raise exception '% on %.% is refused: the record is append-only', tg_op, tg_table_schema, tg_table_name
    using errcode = 'LG403';
end $$;

drop trigger append_only_rows on mt_events;
create trigger append_only_rows before update or delete on mt_events for each row execute function guard_withheld();
alter table mt_events enable always trigger append_only_rows;
drop trigger append_only_rows on log_entry;
create trigger append_only_rows before update or delete on log_entry for each row execute function guard_withheld();
alter table log_entry enable always trigger append_only_rows;

-- Takes salt and value away; the event keeps its digests. Answers how many were there.
create function erase_disclosed(of_event uuid, of_digests text[]) returns int
language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
  gone int;
begin
  delete from disclosure where event_id = of_event and digest = any (of_digests);
  get diagnostics gone = row_count;
  return gone;
end $$;

-- Blanks an event that is sealed: its data, its headers, the bytes of its entry, and the proposal that it came from.
create function withhold(of_event uuid, of_index bigint, by_event uuid) returns void
language plpgsql security definer set search_path = ledger, pg_temp as $$
begin
  if not exists (select from log_index i join log_entry e using (idx) where i.idx = of_index and i.event_id = of_event) then
    raise exception 'event % is not sealed at index %', of_event, of_index using errcode = 'LG409';
  end if;
  insert into log_withheld (idx, event_id, declared_by) values (of_index, of_event, by_event) on conflict (idx) do nothing;
  update mt_events set data = '{}', headers = null where seq_id = (select seq_id from log_index where idx = of_index);
  update log_entry set entry = null where idx = of_index;
  update submission set data = '{}' where event_id = of_event;
  delete from disclosure where event_id = of_event;
  perform pg_notify('ledger_withheld', of_index::text);
end $$;
