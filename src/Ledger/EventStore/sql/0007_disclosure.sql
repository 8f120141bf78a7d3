-- Personal values lie beside the record: an event holds their salted digests (RFC 9901), this table salt and value. Erasing a row erases
-- the value, and the event stays byte for byte what was signed.

create table disclosure (
  event_id uuid not null,
  digest   text not null,
  salt     text not null,
  name     text not null,
  value    text not null,
  primary key (event_id, digest)
);
grant select, insert on disclosure to ledger_app;

-- Only the owner's functions take a row away; nobody changes one.
create function guard_disclosure() returns trigger language plpgsql set search_path = ledger, pg_temp as $$
begin
  if tg_op = 'DELETE' and current_user = 'ledger_owner' then
    return old;
  end if;
  raise exception '% on ledger.disclosure is refused: values are disclosed, or erased by the operator', tg_op using errcode = 'LG403';
end $$;

create trigger guard_rows before update or delete on disclosure for each row execute function guard_disclosure();
create trigger guard_table before truncate on disclosure for each statement execute function guard_disclosure();
alter table disclosure enable always trigger guard_rows;
alter table disclosure enable always trigger guard_table;

-- Whoever writes: a statement never carries name or text themselves.
create function admit_stated() returns trigger language plpgsql set search_path = ledger, pg_temp as $$
begin
  if new.data ?| array['name', 'text'] or new.data -> '_sd' is null then
    raise exception 'event % on stream % is refused: name and text of a statement are recorded as digests alone', new.id, new.stream_id
      using errcode = 'LG400';
  end if;
  return new;
end $$;

create trigger admit_stated before insert on mt_events for each row when (new.type = 'stated') execute function admit_stated();
alter table mt_events enable always trigger admit_stated;
