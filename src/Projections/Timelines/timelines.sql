-- One row a promise: what lists show of it, and its events for its timeline.
create table promise (
  stream          text primary key,
  municipality    text   not null,
  slug            text   not null,
  title_de        text   not null,
  title_en        text,
  topic           text   not null,
  status          text   not null,
  since           text,                 -- EDTF: when what led to the status happened
  due             text,                 -- EDTF, as the source has it
  due_basis       text   not null,
  due_binding     date,                 -- last day of a deadline that the source itself sets
  term            text,
  standing        text   not null,
  proponents      text[] not null,
  committees      text[] not null,
  source          text   not null,
  chapter         text,
  first_line      int    not null,
  tier            text   not null,
  corrected       boolean not null,
  last_index      bigint not null,
  last_recorded   timestamptz not null,
  event_count     int    not null,
  types           text[] not null,      -- of its events, each once
  events          text   not null
);
create index on promise (municipality, source, first_line);
create index on promise (last_index);

-- Where promises stand: enough of a source to name it.
create table source (
  stream          text primary key,
  municipality    text  not null,
  slug            text  not null,
  title_de        text  not null,
  title_en        text,
  events          text  not null
);
