-- What readers report: private rows, written by strangers, read by the operator alone.

create table report (
  id       bigint      generated always as identity primary key,
  received timestamptz not null default clock_timestamp(),
  page     text        not null check (length(page) <= 500),
  problem  text        not null check (length(problem) between 1 and 4000),
  evidence text        check (length(evidence) <= 1000),
  contact  text        check (length(contact) <= 300),
  closed   timestamptz                       -- then nothing that leads to a person is left
           check (closed is null or contact is null)
);
create index on report (received) where closed is null;
grant select on report to ledger_app;
grant insert (page, problem, evidence, contact) on report to ledger_app;
grant update (closed, contact) on report to ledger_app;
