-- That an officer looked at unveiled content, and when: counted, never what it was. Whoever asks sees their own;
-- a leader asks the function below, which says no more than whether somebody is available.
create table staffing.look (
  id uuid primary key,
  officer uuid not null,
  at timestamptz not null,
  -- How long it is counted: until the next look, three minutes at most.
  span_s integer not null check (span_s between 0 and 180)
);
create index look_of_officer on staffing.look (officer, at);

-- A leader lets an officer look at more, once, until the end of the day, with a reason about the work.
create table staffing.extension (
  id uuid primary key,
  officer uuid not null references staffing.officer,
  reason text not null,
  given_by uuid not null,
  given_at timestamptz not null,
  until_at timestamptz not null
);
create index extension_of_officer on staffing.extension (officer, until_at);

alter table staffing.look enable row level security;
alter table staffing.extension enable row level security;

create policy look_own on staffing.look for all using (officer = platform.officer());
create policy extension_own on staffing.extension for select
  using (officer = platform.officer() or (platform.role() = 'leader' and staffing.is_colleague(officer)));
create policy extension_given on staffing.extension for insert
  with check (platform.role() = 'leader' and staffing.is_colleague(officer) and officer <> platform.officer()
    and given_by = platform.account());

grant select, insert, update (span_s) on staffing.look to jikimi_app;
grant select, insert on staffing.extension to jikimi_app;

-- The officers of the asking leader's team whose count is at a limit: their ids, and no figure.
create function staffing.at_limit(day_from timestamptz, week_from timestamptz,
  day_looks integer, day_s integer, week_looks integer, week_s integer) returns table (officer uuid)
language sql stable security definer set search_path = '' as $$
  select p.officer
  from staffing.posting p
  join staffing.look l on l.officer = p.officer and l.at >= week_from
  where p.until_at is null and platform.role() = 'leader' and p.agency = platform.agency()
  group by p.officer
  having count(*) >= week_looks or sum(l.span_s) >= week_s
    or count(*) filter (where l.at >= day_from) >= day_looks
    or coalesce(sum(l.span_s) filter (where l.at >= day_from), 0) >= day_s
$$;
revoke execute on function staffing.at_limit(timestamptz, timestamptz, integer, integer, integer, integer) from public;
grant execute on function staffing.at_limit(timestamptz, timestamptz, integer, integer, integer, integer) to jikimi_app;
