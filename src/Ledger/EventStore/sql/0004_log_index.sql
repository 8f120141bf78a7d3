-- The one order of the record: gapless, in commit order, whoever writes. The head row is locked last in a transaction and
-- held to its end, so a rollback gives the numbers back and nobody sees index n+1 before index n.

create table log_head (
  one      boolean     primary key default true check (one),
  next     bigint      not null,
  recorded timestamptz not null
) with (fillfactor = 10, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);
insert into log_head (next, recorded) values (0, clock_timestamp());

create table log_index (
  idx      bigint      primary key,
  seq_id   bigint      not null unique,
  event_id uuid        not null unique,
  recorded timestamptz not null
);
select append_only('log_index');

-- Finds the index of a recorded moment, for ?stand=.
create index log_index_recorded on log_index (recorded);

grant select on log_head, log_index to ledger_app, ledger_foreign;

-- What a foreign writer touches waits here for its transaction's end; nothing in these tables outlives a transaction.
create unlogged table pending (
  tx     xid8   not null,
  seq_id bigint not null,
  primary key (tx, seq_id)
);
create unlogged table pending_stream (
  tx        xid8    not null,
  stream_id varchar not null,
  primary key (tx, stream_id)
);
create unlogged table pending_tx (
  tx xid8 primary key
);

create function enqueue_foreign() returns trigger language plpgsql security definer set search_path = ledger, pg_temp as $$
begin
  if tg_table_name = 'mt_streams' then
    insert into pending_stream (tx, stream_id) values (pg_current_xact_id(), new.id) on conflict do nothing;
  else
    insert into pending (tx, seq_id)
      select pg_current_xact_id(), seq_id from added where type <> 'tombstone';
    if not found then
      return null;
    end if;
  end if;
  insert into pending_tx (tx) values (pg_current_xact_id()) on conflict do nothing;
  return null;
end $$;

-- Our own functions run as the owner and write the index themselves. The test on current_user cannot be forged, as a session
-- setting could: a foreign role is never the owner here.
create trigger enqueue_foreign after insert on mt_events
  referencing new table as added for each statement
  when (current_user <> 'ledger_owner') execute function enqueue_foreign();
alter table mt_events enable always trigger enqueue_foreign;

-- By row, because it costs our own appends nothing then: a transition table is filled whatever WHEN says.
create trigger enqueue_foreign after insert or update on mt_streams
  for each row when (current_user <> 'ledger_owner' and new.id <> 'mt_tombstone') execute function enqueue_foreign();
alter table mt_streams enable always trigger enqueue_foreign;

create function index_foreign() returns trigger language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
  seqs   bigint[];
  ids    uuid[];
  start  bigint;
  moment timestamptz;
  fault  text;
begin
  -- Versions of a stream follow each other, in the order of seq_id, up to the version that the stream's row states; and a
  -- stream whose row was written has such events.
  select format('stream %s: its events have the versions %s to %s, its row says %s', stream_id, s.lowest, s.highest, t.version)
    into fault
  from (
    select e.stream_id, min(e.version) as lowest, max(e.version) as highest, count(*) as rows,
           bool_and(e.in_order) as in_order
    from (
      select m.stream_id, m.version,
             m.version > lag(m.version, 1, 0::bigint) over (partition by m.stream_id order by m.seq_id) as in_order
      from pending p join mt_events m using (seq_id)
      where p.tx = new.tx
    ) e
    group by e.stream_id
  ) s
  full join (select stream_id from pending_stream where tx = new.tx) w using (stream_id)
  left join mt_streams t on t.id = stream_id
  where s.stream_id is null
     or s.highest is distinct from t.version
     or s.highest - s.lowest + 1 <> s.rows
     or not s.in_order
     or (s.lowest > 1 and not exists (select from mt_events b where b.stream_id = s.stream_id and b.version = s.lowest - 1))
  limit 1;
  if fault is not null then
    raise exception 'the transaction is refused: %', fault using errcode = 'LG400';
  end if;

  select array_agg(m.seq_id order by m.seq_id), array_agg(m.id order by m.seq_id) into seqs, ids
  from pending p join mt_events m using (seq_id)
  where p.tx = new.tx;

  update log_head set next = next + cardinality(seqs), recorded = greatest(clock_timestamp(), recorded)
    returning next - cardinality(seqs), recorded into start, moment;
  insert into log_index (idx, seq_id, event_id, recorded)
    select start + u.ord - 1, u.seq, u.id, moment
    from unnest(seqs, ids) with ordinality u (seq, id, ord);

  delete from pending where tx = new.tx;
  delete from pending_stream where tx = new.tx;
  delete from pending_tx where tx = new.tx;
  perform pg_notify('ledger', (start + cardinality(seqs) - 1)::text);
  return null;
end $$;

create constraint trigger index_foreign after insert on pending_tx
  deferrable initially deferred for each row execute function index_foreign();
alter table pending_tx enable always trigger index_foreign;
