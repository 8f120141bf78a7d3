-- Who may write, and with which keys. Ordinary rows: none of this enters the record, where only pseudonyms stand.

create table person (
  id        uuid        primary key,
  pseudonym text        not null unique check (pseudonym ~ '^p-[0-9a-f]{12}$'),
  name      text        not null check (length(name) between 1 and 200),
  role      text        not null check (role in ('contributor', 'editor', 'administrator')),
  disabled  timestamptz,
  created   timestamptz not null default clock_timestamp()
);

create table api_key (
  prefix    text        primary key check (prefix ~ '^[0-9a-f]{8}$'),  -- public part, by which it is found and named
  person    uuid        not null references person,
  hash      bytea       not null check (octet_length(hash) = 32),       -- SHA-256 of the secret, which has 256 random bits
  scopes    text[]      not null,
  label     text        not null default '',
  created   timestamptz not null default clock_timestamp(),
  expires   timestamptz not null,
  revoked   timestamptz,
  last_used timestamptz
);
create index on api_key (person);

grant select, insert, update on person, api_key to ledger_app;
