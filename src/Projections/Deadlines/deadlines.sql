-- One row for each promise that has, or ever had, a deadline that its source sets.
create table deadline (
  stream        text        primary key,
  municipality  text        not null,
  slug          text        not null,
  title_de      text        not null,
  topic         text        not null,
  proponents    text[]      not null,
  due           text        not null,     -- EDTF, the last one that was set
  due_basis     text        not null,
  day           date        not null,     -- its last day
  moved_to      text,                     -- EDTF: where those responsible have moved it since
  status        text        not null,
  cancelled     boolean     not null,     -- corrected away, or the promise is no longer pursued
  committees    text[]      not null,
  left_by       text[]      not null,     -- committees that answered for it once
  sequence      int         not null,     -- how often day, cancellation or committees changed
  since         timestamptz not null,     -- when the first of its deadlines was recorded
  changed       timestamptz not null      -- when anything told here was recorded last
);
create index on deadline (municipality, day);
create index on deadline (day);
