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
  words        text[]   not null,            -- those that are counted in the table word
  document     tsvector not null generated always as (
    setweight(to_tsvector('german', title), 'A') || setweight(to_tsvector('german', summary), 'B')
    || setweight(to_tsvector('german', rest), 'C')) stored
);
create index on promise using gin (document);
create index on promise (municipality, source, first_line, slug);

-- How many promises of a municipality have a word in title or summary: to find words that contain another one.
create table word (
  municipality text   not null,
  word         text   not null,
  uses         int    not null,
  trigrams     text[] not null,
  primary key (municipality, word)
);
create index on word using gin (trigrams);

-- The same the other way round: which words have these letters in a row. A word with a slip shares many of them with the right one.
create table trigram (
  municipality text not null,
  letters      text not null,
  word         text not null,
  primary key (municipality, letters, word)
);

-- How many promises are alike in all that a list is narrowed by: to count choices without looking at each promise.
create table cell (
  municipality text    not null,
  status       text    not null,
  closed       boolean not null,
  topic        text    not null,
  source       text    not null,
  committees   text[]  not null,
  proponents   text[]  not null,
  due_binding  date,
  uses         int     not null,
  unique nulls not distinct (municipality, status, closed, topic, source, committees, proponents, due_binding)
);
