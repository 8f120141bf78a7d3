-- What was proposed and waits for a second person. Private rows: they become public only as the event that is recorded on acceptance.

create table submission (
  id           uuid        primary key,
  author       uuid        not null references person,
  stream       varchar     not null,
  seen_version bigint      not null,       -- version of the stream that the author had read; 0 = a new stream
  type         varchar     not null,       -- of the event, as in mt_events.type
  data         jsonb       not null,
  state        text        not null default 'open'
               check (state in ('open', 'accepted', 'rejected', 'returned', 'withdrawn')),
  created      timestamptz not null default clock_timestamp(),
  decided      timestamptz,
  reviewer     uuid        references person,
  reason       jsonb,                      -- why it was rejected or returned: {"de", "en"}
  event_id     uuid        unique,         -- of the event that came of it
  check ((state = 'accepted') = (event_id is not null)),
  check (reviewer is distinct from author)
);
create index on submission (state, created, id);
create index on submission (author, created, id);

grant select, insert on submission to ledger_app;
grant update (state, decided, reviewer, reason, event_id, data) on submission to ledger_app;

-- Answers to requests that recorded no event, kept for the same key as those in 'idempotency'.
create table kept_answer (
  actor   text        not null,
  key     text        not null,
  request bytea       not null,            -- SHA-256 of the request
  answer  jsonb       not null,
  kept    timestamptz not null default clock_timestamp(),
  primary key (actor, key)
);
grant select, insert on kept_answer to ledger_app;

-- Forgets keys that are older than their promise; then they may be used again.
create function forget_answers(older_than interval) returns void language sql security definer set search_path = ledger, pg_temp as $$
  delete from idempotency where recorded < clock_timestamp() - older_than;
  delete from kept_answer where kept < clock_timestamp() - older_than;
$$;
revoke execute on function forget_answers(interval) from public;
grant execute on function forget_answers(interval) to ledger_app;
