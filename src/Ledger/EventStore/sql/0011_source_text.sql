-- The text of source documents that the operator has: ordinary rows beside the record, which can be erased. The record itself holds
-- only where passages stand, and their fingerprints.

create table source_copy (
  source  varchar     primary key,         -- name of its stream
  sha256  text        not null,            -- of the file: the one that is registered
  lines   int         not null,            -- how many lines with text are held; 0 = forgotten again
  changed timestamptz not null default clock_timestamp()
);
create table source_text (
  source  varchar     not null references source_copy,
  line    int         not null,            -- its number as the document's form counts
  text    text        not null,
  primary key (source, line)
);
grant select, insert, update on source_copy to ledger_app;
grant select, insert, delete on source_text to ledger_app;
