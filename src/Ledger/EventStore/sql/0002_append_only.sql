-- Nothing that was recorded can be changed or removed, by whatever role: rights are not granted, and triggers that
-- also fire for replication and for the owner (ENABLE ALWAYS) raise.

create function refuse_change() returns trigger language plpgsql set search_path = ledger, pg_temp as $$
begin
  raise exception '% on %.% is refused: the record is append-only', tg_op, tg_table_schema, tg_table_name
    using errcode = 'LG403';
end $$;

create function append_only(target regclass) returns void language plpgsql set search_path = ledger, pg_temp as $$
begin
  execute format('create trigger append_only_rows before update or delete on %s for each row execute function refuse_change()', target);
  execute format('create trigger append_only_table before truncate on %s for each statement execute function refuse_change()', target);
  execute format('alter table %s enable always trigger append_only_rows', target);
  execute format('alter table %s enable always trigger append_only_table', target);
end $$;

select append_only('mt_events');

-- A stream's row carries its version; only that and the time of the last append move, and only upward. A foreign writer's
-- time is that of its transaction's start, which may lie before an append that it has seen: then the later time stays.
create function guard_stream() returns trigger language plpgsql set search_path = ledger, pg_temp as $$
begin
  if tg_op = 'UPDATE'
     and new.version > old.version
     and (new.id, new.type, new.created, new.tenant_id, new.is_archived)
         is not distinct from (old.id, old.type, old.created, old.tenant_id, old.is_archived) then
    new.timestamp := greatest(new.timestamp, old.timestamp);
    return new;
  end if;
  raise exception '% on mt_streams (stream %) is refused: only version and timestamp may change, upward', tg_op, old.id
    using errcode = 'LG403';
end $$;

create trigger append_only_rows before update or delete on mt_streams for each row execute function guard_stream();
create trigger append_only_table before truncate on mt_streams for each statement execute function refuse_change();
alter table mt_streams enable always trigger append_only_rows;
alter table mt_streams enable always trigger append_only_table;
