-- The only way in for the application's role: one call, one round trip, one transaction.

create table idempotency (
  actor       text        not null,
  key         text        not null,
  request     bytea       not null,                 -- SHA-256 of the request
  answer      jsonb,                                 -- what the caller wants to be able to say again
  first_index bigint,
  recorded    timestamptz not null default clock_timestamp(),
  primary key (actor, key)
);
grant select on idempotency to ledger_app;

-- Streams: key, type and expected version (0 = the stream must be new). Events, in the order in which they are to be indexed:
-- each with its stream and its version, which follow the expected one without a gap.
-- LG412: an expected version is stale (hint: {"stream", "expected", "actual"}); LG422: the key was used for another request.
create function append(
  stream_keys     varchar[],
  stream_types    varchar[],
  expected        bigint[],
  event_streams   varchar[],
  event_versions  bigint[],
  event_ids       uuid[],
  event_types     varchar[],
  dotnet_types    varchar[],
  event_data      jsonb[],
  event_headers   jsonb[],
  correlation     varchar,
  causation       varchar,
  actor           text,
  idempotency_key text,
  request         bytea,
  answer          jsonb,
  out first_index bigint,
  out recorded_at timestamptz,
  out replayed    boolean,
  out kept_answer jsonb
) language plpgsql security definer set search_path = ledger, pg_temp as $$
#variable_conflict use_column
declare
  events   int := cardinality(event_ids);
  streams  int := cardinality(stream_keys);
  fresh    int := 0;
  moved    int := 0;
  seqs     bigint[];
  kept     idempotency%rowtype;
begin
  replayed := false;

  -- Appends pass this gate together. A bulk record shuts it for its transaction: it locks streams while it holds the head,
  -- and so must not meet an append that waits for the head while it holds a stream.
  perform pg_advisory_xact_lock_shared('log_head'::regclass::bigint);

  if idempotency_key is not null then
    -- A concurrent twin waits here for the first one's outcome.
    insert into idempotency (actor, key, request) values (append.actor, idempotency_key, append.request)
      on conflict do nothing;
    if not found then
      select * into kept from idempotency i where i.actor = append.actor and i.key = idempotency_key;
      if kept.request <> append.request then
        raise exception 'the idempotency key was used for another request' using errcode = 'LG422';
      end if;
      first_index := kept.first_index; recorded_at := kept.recorded; kept_answer := kept.answer; replayed := true;
      return;
    end if;
  end if;

  -- Each stream is named once; its events follow its expected version, in the order in which they are to be indexed.
  if events = 0 or streams <> (select count(distinct key) from unnest(stream_keys) key) or exists (
    select from (
      select stream, version, row_number() over (partition by stream order by ord) as nth
      from unnest(event_streams, event_versions) with ordinality e (stream, version, ord)
    ) e full join unnest(stream_keys, expected) u (key, version) on u.key = e.stream
    where (e.version = u.version + e.nth) is not true
  ) then
    raise exception 'the versions do not follow the expected ones' using errcode = 'LG400';
  end if;

  -- Existing streams are locked in key order before anything is written, so that two appends cannot wait for each other.
  perform from mt_streams where id = any (stream_keys) order by id for no key update;
  update mt_streams s set version = v.highest, timestamp = greatest(clock_timestamp(), s.timestamp)
    from unnest(stream_keys, expected) u (key, version)
    join (select stream, max(version) as highest from unnest(event_streams, event_versions) e (stream, version) group by stream) v
      on v.stream = u.key
    where s.id = u.key and u.version > 0 and s.version = u.version;
  get diagnostics moved = row_count;
  insert into mt_streams (id, type, version, timestamp, created)
    select u.key, u.type, v.highest, clock_timestamp(), clock_timestamp()
    from unnest(stream_keys, stream_types, expected) u (key, type, version)
    join (select stream, max(version) as highest from unnest(event_streams, event_versions) e (stream, version) group by stream) v
      on v.stream = u.key
    where u.version = 0 order by u.key
    on conflict do nothing;
  get diagnostics fresh = row_count;

  if moved + fresh <> streams then
    raise exception 'an expected version is stale' using errcode = 'LG412', hint = (
      select json_build_object('stream', u.key, 'expected', u.version, 'actual', coalesce(max(e.version), 0))
      from unnest(stream_keys, expected) u (key, version)
      left join mt_events e on e.stream_id = u.key
      group by u.key, u.version
      having u.version <> coalesce(max(e.version), 0)
      order by u.key limit 1)::text;
  end if;

  seqs := array(select nextval('mt_events_sequence') from generate_series(1, events));

  insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, correlation_id, causation_id, headers)
    select u.seq, u.id, u.stream, u.version, u.data, u.type, clock_timestamp(), u.dotnet_type, correlation, causation, u.headers
    from unnest(seqs, event_streams, event_versions, event_ids, event_types, dotnet_types, event_data, event_headers)
           u (seq, stream, version, id, type, dotnet_type, data, headers);

  update log_head set next = next + events, recorded = greatest(clock_timestamp(), recorded)
    returning next - events, recorded into first_index, recorded_at;

  insert into log_index (idx, seq_id, event_id, recorded)
    select first_index + u.ord - 1, u.seq, u.id, recorded_at
    from unnest(seqs, event_ids) with ordinality u (seq, id, ord);

  if idempotency_key is not null then
    update idempotency i set first_index = append.first_index, recorded = append.recorded_at, answer = append.answer
      where i.actor = append.actor and i.key = idempotency_key;
    kept_answer := append.answer;
  end if;

  perform pg_notify('ledger', (first_index + events - 1)::text);
end $$;

grant execute on function append to ledger_app;

-- The same for one event without an idempotency key, which most appends are: append's own way costs twice as much.
create function append_one(
  stream_key   varchar,
  stream_type  varchar,
  expected     bigint,
  event_id     uuid,
  event_type   varchar,
  dotnet_type  varchar,
  event_data   jsonb,
  event_header jsonb,
  correlation  varchar,
  causation    varchar,
  out first_index bigint,
  out recorded_at timestamptz
) language plpgsql security definer set search_path = ledger, pg_temp as $$
#variable_conflict use_column
begin
  perform pg_advisory_xact_lock_shared('log_head'::regclass::bigint);

  if expected = 0 then
    insert into mt_streams (id, type, version, timestamp, created)
      values (stream_key, stream_type, 1, clock_timestamp(), clock_timestamp())
      on conflict do nothing;
  else
    update mt_streams set version = version + 1, timestamp = greatest(clock_timestamp(), timestamp)
      where id = stream_key and version = expected;
  end if;
  if not found then
    raise exception 'the expected version is stale' using errcode = 'LG412', hint = (
      select json_build_object('stream', stream_key, 'expected', expected, 'actual', coalesce(max(version), 0))
      from mt_events where stream_id = stream_key)::text;
  end if;

  insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, correlation_id, causation_id, headers)
    values (nextval('mt_events_sequence'), event_id, stream_key, expected + 1, event_data, event_type,
            clock_timestamp(), dotnet_type, correlation, causation, event_header);

  with head as (
    update log_head set next = next + 1, recorded = greatest(clock_timestamp(), recorded) returning next - 1 as idx, recorded
  )
  insert into log_index (idx, seq_id, event_id, recorded)
    select idx, currval('mt_events_sequence'), append_one.event_id, recorded from head
    returning idx, recorded into first_index, recorded_at;

  perform pg_notify('ledger', first_index::text);
end $$;

grant execute on function append_one to ledger_app;
