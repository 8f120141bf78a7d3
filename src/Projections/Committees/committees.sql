-- What each committee answers for: from the streams of councils and of promises.
create table council (
  stream       text primary key,
  municipality text  not null,
  name         text  not null,
  ags          text  not null,
  state        text  not null,
  events       text  not null
);
create table term (
  stream       text not null,
  slug         text not null,
  municipality text not null,
  began        text,                 -- EDTF; null = not recorded
  ended        text,
  last_day     date,                 -- when it was over at the latest
  primary key (stream, slug)
);
create table committee (
  stream       text not null,
  municipality text not null,
  slug         text not null,
  position     int  not null,
  name         text not null,
  code         text,
  term         text,
  dissolved    boolean not null,
  successors   text[]  not null,
  primary key (stream, slug)
);
create table responsibility (
  stream       text not null,        -- the promise
  municipality text not null,
  committee    text not null,
  basis        text not null,
  slug         text not null,
  title_de     text not null,
  title_en     text,
  status       text not null,
  since        text,
  due          text,
  due_basis    text not null,
  due_binding  date,
  term         text,
  last_event   date,                 -- latest day on which something is known to have happened; null = nothing but the promise
  last_index   bigint not null,
  primary key (stream, committee)
);
create index on responsibility (municipality, committee);
