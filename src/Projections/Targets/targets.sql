-- The history of each measurable target and reference series.
create table target (
  stream       text primary key,
  municipality text,                 -- null: a reference series of a state or a country
  slug         text  not null,
  title_de     text  not null,
  title_en     text,
  promise      text,                 -- name of the promise's stream
  direction    text  not null,
  year         int,
  measurements int   not null,
  assessable   boolean not null,
  last_index   bigint not null,
  events       text  not null
);
create index on target (municipality);
create index on target (promise);
