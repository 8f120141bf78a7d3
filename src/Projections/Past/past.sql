-- Every promise as it stood after each of its events, so that a moment long ago costs no more than now.
create table promise (
  stream          text      not null,
  event_count     int       not null,       -- the state after that many events
  period          int8range not null,       -- log indexes at which it was the newest state
  municipality    text      not null,
  slug            text      not null,
  title_de        text      not null,
  title_en        text,
  topic           text      not null,
  status          text      not null,
  since           text,
  due             text,
  due_basis       text      not null,
  due_binding     date,
  term            text,
  committees      text[]    not null,
  bases           text[]    not null,       -- of each committee: named or inferred
  proponents      text[]    not null,
  last_event      date,
  made            date      not null,       -- first day on which it can have been made
  source          text      not null,
  chapter         text,
  first_line      int       not null,
  tier            text      not null,
  corrected       boolean   not null,
  last_index      bigint    not null,
  last_recorded   timestamptz not null,
  words           text      not null,       -- what a search looks into
  steps           text      not null,       -- JSON: how it stood from which day on, by what had happened
  primary key (stream, event_count)
);
create index on promise using gist (period);
