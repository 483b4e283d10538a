-- Whose numbers one sees: the head office counts every case without seeing one; a leader those of the agency; all
-- others those that they see into. A case that one need not know of is in no number either.
create function cases.counts_all() returns boolean language sql stable as $$
  select platform.is_system()
    or (platform.is_staff() and platform.role() in ('commander', 'administrator', 'dataProtectionOfficer'))
$$;
create function cases.counted() returns setof uuid language sql stable security definer set search_path = '' as $$
  select file.id from cases.file file where cases.counts_all() or file.agency = cases.led_agency()
    or (file.officer_id = cases.officer_asking() and file.agency = platform.agency())
  union select cases.joined()
$$;
grant execute on function cases.counts_all() to jikimi_app;
revoke execute on function cases.counted() from public;
grant execute on function cases.counted() to jikimi_app;

create or replace view statistics.totals with (security_barrier) as
select
  (select count(*) from intake.report report
    where (select cases.counts_all()) or report.case_id in (select cases.counted())) as reports,
  (select count(*) from cases.file where state = 'open' and id in (select cases.counted())) as cases_open,
  (select count(*) from cases.file where state = 'closed' and id in (select cases.counted())) as cases_closed
where platform.is_staff() or platform.is_system();

create or replace view statistics.addresses with (security_barrier) as
select coalesce(file.agency, '') as agency, address.source, coalesce(latest.step, 'received') as step, count(*) as count
from intake.address address
join intake.report report on report.id = address.report_id
left join cases.file file on file.id = report.case_id
left join lateral (
  select step.step from intake.step step where step.address_id = address.id order by step.position desc limit 1
) latest on true
where (select cases.counts_all()) or report.case_id in (select cases.counted())
group by 1, 2, 3;

create or replace view statistics.agencies with (security_barrier) as
select agency, count(*) as reports,
  count(*) filter (where state = 'open') as cases_open,
  count(*) filter (where state = 'closed') as cases_closed
from cases.file
where id in (select cases.counted())
group by 1;

create or replace view statistics.removal_times with (security_barrier) as
with reached as (
  select step.address_id,
    min(step.at) filter (where step.step = 'received') as reported_at,
    min(step.at) filter (where step.step = 'requested') as requested_at,
    min(step.at) filter (where step.step = 'verified') as verified_at
  from intake.step step group by 1
), taken as (
  select coalesce(file.agency, '') as agency,
    extract(epoch from reached.verified_at - reached.reported_at)::float8 / 3600 as from_report,
    extract(epoch from reached.verified_at - reached.requested_at)::float8 / 3600 as from_request
  from reached
  join intake.address address on address.id = reached.address_id
  join intake.report report on report.id = address.report_id
  left join cases.file file on file.id = report.case_id
  where reached.verified_at is not null
    and ((select cases.counts_all()) or report.case_id in (select cases.counted()))
)
select agency, count(*) as addresses,
  percentile_cont(0.5) within group (order by from_report) as median_hours_from_report,
  percentile_cont(0.5) within group (order by from_request) as median_hours_from_request
from taken
group by grouping sets ((agency), ());

create or replace view statistics.targets with (security_barrier) as
select target.state, count(*) as count from takedown.target target
where target.case_id in (select cases.counted())
group by 1;

-- How busy officers are, as far as one counts their cases. `staffing.loads()` stays for the choice of an officer,
-- which must know all of them, and is shown to nobody.
create function staffing.shown_loads() returns table (officer uuid, load bigint)
language sql stable security definer set search_path = '' as $$
  select posting.officer,
    (select count(*) from staffing.assignment a where a.officer = posting.officer and a.until_at is null)
  from staffing.posting posting
  where posting.until_at is null and (cases.counts_all() or posting.agency = cases.led_agency()
    or posting.officer = cases.officer_asking())
$$;
revoke execute on function staffing.shown_loads() from public;
grant execute on function staffing.shown_loads() to jikimi_app;
