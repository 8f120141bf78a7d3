-- What is committed must be sealable: whoever writes, a row that has no canonical entry is refused here.

-- The vocabulary of the record; filled from the code's one list on start (EventVocabulary).
create table event_type (
  name varchar(500) primary key
);
grant select on event_type to ledger_app, ledger_foreign;

create function admit_event() returns trigger language plpgsql set search_path = ledger, pg_temp as $$
declare
  fault text;
begin
  if new.type = 'tombstone' or new.stream_id = 'mt_tombstone' then
    -- Marten fills a hole in its sequence with a tombstone; it says nothing and gets no index. We leave no holes to fill.
    if new.type = 'tombstone' and new.stream_id = 'mt_tombstone' and current_user <> 'ledger_owner' then
      return new;
    end if;
    fault := 'a tombstone belongs on the stream mt_tombstone, by a foreign writer, and nothing else does';
  elsif not exists (select from event_type t where t.name = new.type) then
    fault := format('the event type %L is unknown', new.type);
  elsif new.stream_id is null or new.stream_id !~ '^[a-z]+(:[a-z0-9]+(-[a-z0-9]+)*)?$' or length(new.stream_id) > 160 then
    fault := format('the stream key %L is malformed', new.stream_id);
  elsif new.version < 1 then
    fault := 'the version is below 1';
  elsif jsonb_typeof(new.data) <> 'object' then
    fault := 'data is no JSON object';
  elsif new.bdata is not null then
    fault := 'bdata is not empty';
  elsif new.tenant_id is distinct from '*DEFAULT*' or new.is_archived is distinct from false then
    fault := 'tenant_id and is_archived must have their defaults';
  elsif octet_length(new.data::text) > 49152 then
    fault := 'data is larger than 48 kB';
  elsif new.data @? 'strict $.**{32}' then
    fault := 'data is nested deeper than 31 levels';
  elsif new.data @? 'strict $.** ? (@.type() == "number") ? (@ != @.floor() || @ > 9007199254740991 || @ < -9007199254740991)' then
    fault := 'data holds a number that is no integer within 2^53-1; decimals are strings';
  else
    return new;
  end if;

  raise exception 'event % on stream % is refused: %', new.id, new.stream_id, fault
    using errcode = 'LG400';
end $$;

create trigger admit_event before insert on mt_events for each row execute function admit_event();
alter table mt_events enable always trigger admit_event;
