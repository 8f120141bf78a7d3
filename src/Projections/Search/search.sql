-- What a search for promises looks into: a document with German word stems, and what a list is narrowed by.
create table promise (
  stream       text     primary key,
  municipality text     not null,
  slug         text     not null,
  source       text     not null,
  first_line   int      not null,
  status       text     not null,
  closed       boolean  not null,            -- the status is a final one
  topic        text     not null,
  committees   text[]   not null,
  proponents   text[]   not null,
  due_binding  date,                         -- last day of a deadline that the source itself sets
  title        text     not null,
  summary      text     not null,
  rest         text     not null,            -- chapter, proponents
  words        text[]   not null,            -- those that count in the table of words
  document     tsvector not null generated always as (
    setweight(to_tsvector('german', title), 'A') || setweight(to_tsvector('german', summary), 'B')
    || setweight(to_tsvector('german', rest), 'C')) stored
);
create index on promise using gin (document);
create index on promise (municipality, source, first_line, slug);
create index on promise (municipality, due_binding) where due_binding is not null and not closed;

-- How many promises of a municipality have a word, a status, a topic ...: to count all at once, and to find what a mistyped word may mean.
create table tally (
  municipality text   not null,
  kind         text   not null,              -- word, or one of the things that a list is narrowed by
  value        text   not null,
  uses         int    not null,
  trigrams     text[],                       -- of a word
  primary key (municipality, kind, value)
);
create index on tally using gin (trigrams) where kind = 'word';
