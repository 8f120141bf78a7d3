-- What is true of this installation alone.

-- The log's identity: its public, scheme-less address. Fixed once, before the first record, and never changed.
create table installation (
  one    boolean     primary key default true check (one),
  origin text        not null,
  fixed  timestamptz not null default clock_timestamp()
);
select append_only('installation');
grant select on installation to ledger_app;

create function fix_origin(new_origin text) returns text language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
  fixed_origin text;
begin
  select origin into fixed_origin from installation;
  if fixed_origin is null then
    if (select next from log_head) > 0 then
      raise exception 'the origin must be fixed before the first record' using errcode = 'LG409';
    end if;
    insert into installation (origin) values (new_origin) on conflict do nothing;
    select origin into fixed_origin from installation;
  end if;
  return fixed_origin;
end $$;
grant execute on function fix_origin(text) to ledger_app;

-- Which item of seeds/ became which event, so that a second start records nothing twice and a changed item is noticed.
create table seed (
  id       text  primary key,
  sha256   bytea not null,
  event_id uuid  not null unique
);
grant select, insert on seed to ledger_app;
select append_only('seed');

-- Fingerprints of whole seeds folders that were recorded: a start with the same seeds need not read them.
create table seed_run (
  sha256   bytea       not null,
  recorded timestamptz not null default clock_timestamp()
);
grant select, insert on seed_run to ledger_app;
select append_only('seed_run');
