-- The cases that the caller sees into, as a set that is asked once for a statement. cases.sees answers for one case,
-- and asked again for each row of a list over all cases it is what the list waits for.
create function cases.seen() returns setof uuid language sql stable security definer set search_path = '' as $$
  select file.id from cases.file file
  where file.officer_id = cases.officer_asking() and file.agency = platform.agency()
  union
  select cases.joined()
$$;
revoke execute on function cases.seen() from public;
grant execute on function cases.seen() to jikimi_app;

-- The log, the reports and the hosts are asked over all cases too.
alter policy entry_of_case_read on audit.entry
  using ((select platform.is_staff()) and case_id in (select cases.seen()));
alter policy report_staff on intake.report
  using ((select platform.is_staff()) and case_id in (select cases.seen()));
alter policy host_seen on cases.host
  using ((select platform.is_system()) or case_id in (select cases.seen()));

-- wish_known says all of it.
drop policy wish_seen on staffing.wish;
drop policy wish_ended on staffing.wish;
