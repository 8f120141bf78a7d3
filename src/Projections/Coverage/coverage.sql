-- What became of each source: from the streams of sources, of promises and of targets. Each row is of one stream; they are put together
-- when they are read.
create table source (
  stream       text primary key,
  municipality text not null,
  slug         text not null,
  events       text not null
);
create table promise (
  stream       text primary key,
  source       text not null,          -- slug of the source
  municipality text not null,
  slug         text not null,
  title_de     text not null,
  title_en     text,
  chapter      text,                   -- heading of the source under which it stands
  first_line   int  not null,
  last_line    int  not null,
  status       text not null,
  facts        int  not null,          -- entries that say what happened
  named        int  not null,          -- committees that the source names
  inferred     int  not null           -- committees that the catalogue inferred
);
create index on promise (source, first_line);
create table target (
  stream       text primary key,
  source       text not null,
  municipality text,
  slug         text not null,
  title_de     text not null,
  title_en     text,
  first_line   int  not null,
  last_line    int  not null
);
create index on target (source, first_line);
