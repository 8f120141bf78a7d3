-- The transparency log over log_index: canonical entries, the Merkle tree in tiles, signed checkpoints. The application's role reads, and
-- writes through the functions below alone.

create table log_entry (
  idx       bigint primary key,
  entry     bytea,                                            -- null = withheld; the leaf hash stays
  leaf_hash bytea  not null check (octet_length(leaf_hash) = 32)
);
select append_only('log_entry');

-- One row for each tile, as wide as it is by now. It only grows; any narrower width is its beginning.
create table log_tile (
  level  smallint not null,
  n      bigint   not null,
  hashes bytea    not null check (octet_length(hashes) between 32 and 8192 and octet_length(hashes) % 32 = 0),
  primary key (level, n)
);
alter table log_tile alter column hashes set storage external;

-- The one row of what is sealed.
create table log_tree (
  one  boolean primary key default true check (one),
  size bigint  not null,
  root bytea   not null check (octet_length(root) = 32)
);
insert into log_tree (size, root) values (0, sha256(''));

-- What was signed. A size is signed once and never with another root.
create table log_checkpoint (
  size      bigint      primary key,
  root      bytea       not null check (octet_length(root) = 32),
  key       text        not null,                               -- verifier key that signed it
  note      text        not null,
  signed    timestamptz not null default clock_timestamp(),
  published timestamptz                                         -- null = readers do not see it yet
);
create index on log_checkpoint (size desc) where published is not null;

create table log_cosignature (
  size     bigint      not null references log_checkpoint,
  witness  text        not null,                                -- its verifier key
  line     text        not null,
  time     timestamptz not null,                                -- as the witness states it
  received timestamptz not null default clock_timestamp(),
  primary key (size, witness, time)
);
select append_only('log_cosignature');

grant select on log_entry, log_tile, log_tree, log_checkpoint, log_cosignature to ledger_app;

create function guard_log() returns trigger language plpgsql set search_path = ledger, pg_temp as $$
begin
  if tg_op = 'UPDATE' and tg_table_name = 'log_tile' then
    if (new.level, new.n) = (old.level, old.n)
       and substring(new.hashes for octet_length(old.hashes)) = old.hashes then
      return new;
    end if;
  elsif tg_op = 'UPDATE' and tg_table_name = 'log_tree' then
    if new.size > old.size then
      return new;
    end if;
  elsif tg_op = 'UPDATE' and tg_table_name = 'log_checkpoint' then
    if old.published is null and new.published is not null
       and (new.size, new.root, new.key, new.note, new.signed) = (old.size, old.root, old.key, old.note, old.signed) then
      return new;
    end if;
  end if;
  raise exception '% on ledger.% is refused: the log only grows', tg_op, tg_table_name using errcode = 'LG403';
end $$;

do $$
declare
  target text;
begin
  foreach target in array array['log_tile', 'log_tree', 'log_checkpoint'] loop
    execute format('create trigger guard_rows before update or delete on %I for each row execute function guard_log()', target);
    execute format('create trigger guard_table before truncate on %I for each statement execute function guard_log()', target);
    execute format('alter table %I enable always trigger guard_rows', target);
    execute format('alter table %I enable always trigger guard_table', target);
  end loop;
end $$;

-- Seals the next entries: all of it or nothing. Two sealers cannot both; the second finds another size.
create function seal(
  first_index bigint,
  entries     bytea[],
  leaf_hashes bytea[],
  tile_levels smallint[],
  tile_ns     bigint[],
  tile_hashes bytea[],      -- what is appended to each of these tiles
  new_root    bytea
) returns void language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
  added int := cardinality(entries);
begin
  -- What is lost with the machine is sealed again from the index, to the same bytes; a checkpoint's own commit flushes what it covers.
  perform set_config('synchronous_commit', 'off', true);

  update log_tree set size = size + added, root = new_root where size = first_index;
  if not found then
    raise exception 'the log is not at size %', first_index using errcode = 'LG409';
  end if;

  if (select count(*) from log_index where idx >= first_index and idx < first_index + added) <> added then
    raise exception 'what is sealed is not recorded' using errcode = 'LG400';
  end if;

  insert into log_entry (idx, entry, leaf_hash)
    select first_index + u.ord - 1, u.entry, u.hash
    from unnest(entries, leaf_hashes) with ordinality u (entry, hash, ord);

  insert into log_tile (level, n, hashes)
    select * from unnest(tile_levels, tile_ns, tile_hashes)
    on conflict (level, n) do update set hashes = log_tile.hashes || excluded.hashes;

  if (select octet_length(hashes) from log_tile where level = 0 and n = (first_index + added - 1) / 256)
     <> 32 * ((first_index + added - 1) % 256 + 1) then
    raise exception 'the tiles do not hold what is sealed' using errcode = 'LG400';
  end if;

  perform pg_notify('ledger_log', (first_index + added)::text);
end $$;
grant execute on function seal to ledger_app;

-- Keeps a signed checkpoint of what is sealed now; nobody sees it yet. Answers the note that holds for that size.
create function keep_checkpoint(new_size bigint, new_root bytea, new_key text, new_note text)
returns text language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
  kept log_checkpoint%rowtype;
begin
  if not exists (select from log_tree where size = new_size and root = new_root) then
    raise exception 'the tree at size % has another root, or another size', new_size using errcode = 'LG409';
  end if;
  insert into log_checkpoint (size, root, key, note) values (new_size, new_root, new_key, new_note) on conflict do nothing;
  select * into kept from log_checkpoint where size = new_size;
  if kept.root <> new_root then
    raise exception 'size % was signed with another root', new_size using errcode = 'LG409';
  end if;
  return kept.note;
end $$;
grant execute on function keep_checkpoint to ledger_app;

create function keep_cosignature(of_size bigint, of_witness text, new_line text, new_time timestamptz)
returns void language sql security definer set search_path = ledger, pg_temp as $$
  insert into log_cosignature (size, witness, line, time) values (of_size, of_witness, new_line, new_time) on conflict do nothing;
$$;
grant execute on function keep_cosignature to ledger_app;

create function publish_checkpoint(of_size bigint)
returns void language plpgsql security definer set search_path = ledger, pg_temp as $$
begin
  if exists (select from log_checkpoint where published is not null and size > of_size) then
    raise exception 'a larger checkpoint than % is published', of_size using errcode = 'LG409';
  end if;
  update log_checkpoint set published = clock_timestamp() where size = of_size and published is null;
  perform pg_notify('ledger_checkpoint', of_size::text);
end $$;
grant execute on function publish_checkpoint to ledger_app;
