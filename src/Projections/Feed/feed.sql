-- One row for each entry of the record: what filters and headings need of it, as it was at the entry's own index. A row never changes,
-- unless an entry of its stream is withheld.
create table entry (
  idx               bigint      primary key,
  id                uuid        not null,
  recorded          timestamptz not null,
  stream            text        not null,
  version           bigint      not null,
  type              text        not null,
  municipality      text,                     -- null: a reference series, the method
  slug              text        not null,     -- last part of its subject's address
  title_de          text        not null,     -- of the promise, target, source; a council's is the town's name
  title_en          text,
  status_before     text,                     -- promises alone; null before the first entry
  status_after      text,
  committees_before text[]      not null,
  committees_after  text[]      not null,
  about             uuid,                     -- the earlier event that it corrects, retracts, replies to, restates
  about_type        text,
  about_occurred    text,                     -- EDTF, as it was until then
  other             text,                     -- another stream that it names
  source            text,                     -- the source that shows it
  marks             text[]      not null      -- what it can be found by: a facet's mark and a value
);
create index on entry (stream, idx);
create index on entry using gin (marks);

-- Each committee as it stood from one index to another: its name then, and who had taken over.
create table committee (
  stream       text    not null,
  municipality text    not null,
  slug         text    not null,
  from_idx     bigint  not null,
  until_idx    bigint,                        -- null: still
  name         text    not null,
  successors   text[]  not null,
  primary key (stream, slug, from_idx)
);
create index on committee (municipality, slug);
