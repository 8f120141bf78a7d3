-- Answers are promised for thirty days. Nobody, by a slip or by will, makes them forgotten earlier: a repeated request would happen twice.
create or replace function forget_answers(older_than interval) returns void
language sql security definer set search_path = ledger, pg_temp as $$
  delete from idempotency where recorded < clock_timestamp() - greatest(older_than, interval '30 days');
  delete from kept_answer where kept < clock_timestamp() - greatest(older_than, interval '30 days');
$$;
