-- The event tables exactly as Marten 9 creates them (string stream identity, correlation, causation, headers):
-- docs/adr/0001. No column, index, constraint or foreign key may be added here; what we need beyond is a table of ours.

-- Of everything below and in later migrations, only what is granted by name may be called.
alter default privileges revoke execute on functions from public;

create sequence mt_events_sequence;

create table mt_streams (
  id         varchar     not null constraint pkey_mt_streams_id primary key,
  type       varchar,
  version    bigint,
  timestamp  timestamptz not null default now(),
  created    timestamptz not null default now(),
  tenant_id  varchar     default '*DEFAULT*',
  is_archived boolean    default false
);

create table mt_events (
  seq_id         bigint       not null constraint pkey_mt_events_seq_id primary key,
  id             uuid         not null,
  stream_id      varchar      constraint fkey_mt_events_stream_id references mt_streams (id) on delete cascade,
  version        bigint       not null,
  data           jsonb        not null,
  bdata          bytea,
  type           varchar(500) not null,
  timestamp      timestamptz  not null,
  tenant_id      varchar      default '*DEFAULT*',
  mt_dotnet_type varchar,
  correlation_id varchar,
  causation_id   varchar,
  headers        jsonb,
  is_archived    boolean      default false
);

create unique index pk_mt_events_stream_and_version on mt_events (stream_id, version);

alter sequence mt_events_sequence owned by mt_events.seq_id;

create table mt_event_progression (
  name         varchar not null constraint pk_mt_event_progression primary key,
  last_seq_id  bigint,
  last_updated timestamptz default transaction_timestamp()
);

create table mt_high_water_skips (
  ending_sequence   bigint not null constraint pkey_mt_high_water_skips_ending_sequence primary key,
  starting_sequence bigint,
  timestamp         timestamptz default transaction_timestamp()
);

grant select on mt_streams, mt_events, mt_event_progression, mt_high_water_skips to ledger_app;

-- A Marten application writes under a role of its own, which has no login until an operator gives it one.
grant select, insert on mt_events, mt_streams to ledger_foreign;
grant update (version, timestamp) on mt_streams to ledger_foreign;
grant usage on sequence mt_events_sequence to ledger_foreign;
grant select, insert, update on mt_event_progression, mt_high_water_skips to ledger_foreign;
