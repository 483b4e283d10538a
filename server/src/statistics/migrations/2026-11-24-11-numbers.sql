create schema statistics;
grant usage on schema statistics to jikimi_app;

-- Numbers only. The views are read with their owner's eyes, so a commander who sees no case counts them all;
-- no row of a view is about one person, one case or one address.

create view statistics.totals with (security_barrier) as
select
  (select count(*) from intake.report) as reports,
  (select count(*) from cases.file where state = 'open') as cases_open,
  (select count(*) from cases.file where state = 'closed') as cases_closed
where platform.is_staff() or platform.is_system();

-- Addresses by agency and by what is so now: the newest step of each.
create view statistics.addresses with (security_barrier) as
select coalesce(file.agency, '') as agency, address.source, coalesce(latest.step, 'received') as step, count(*) as count
from intake.address address
join intake.report report on report.id = address.report_id
left join cases.file file on file.id = report.case_id
left join lateral (
  select step.step from intake.step step where step.address_id = address.id order by step.position desc limit 1
) latest on true
where platform.is_staff() or platform.is_system()
group by 1, 2, 3;

create view statistics.agencies with (security_barrier) as
select agency, count(*) as reports,
  count(*) filter (where state = 'open') as cases_open,
  count(*) filter (where state = 'closed') as cases_closed
from cases.file
where platform.is_staff() or platform.is_system()
group by 1;

-- How long it takes until a removal is verified: from the report, and from the first request to a provider.
create view statistics.removal_times with (security_barrier) as
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
  where reached.verified_at is not null and (platform.is_staff() or platform.is_system())
)
select agency, count(*) as addresses,
  percentile_cont(0.5) within group (order by from_report) as median_hours_from_report,
  percentile_cont(0.5) within group (order by from_request) as median_hours_from_request
from taken
group by grouping sets ((agency), ());

create view statistics.targets with (security_barrier) as
select target.state, count(*) as count from takedown.target target
where platform.is_staff() or platform.is_system()
group by 1;

grant select on all tables in schema statistics to jikimi_app;
