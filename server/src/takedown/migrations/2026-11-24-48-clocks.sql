-- The clocks of removal, counted by case: for who sees into a case and for who leads its agency. No address, no host.
-- As its owner, since a leader sees no target; whom it tells is asked once for all.
create function takedown.clocks_known()
returns table (case_id uuid, running bigint, overdue bigint, next_due_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select target.case_id, count(*), count(*) filter (where target.clock_ends_at <= platform.now()),
    min(target.clock_ends_at) filter (where target.clock_ends_at > platform.now())
  from takedown.target target
  where target.clock_ends_at is not null and target.state not in ('withdrawn', 'verifiedDown')
    and target.case_id in (
      select cases.seen() union all select file.id from cases.file file where file.agency = cases.led_agency())
  group by 1
$$;
revoke execute on function takedown.clocks_known() from public;
grant execute on function takedown.clocks_known() to jikimi_app;
