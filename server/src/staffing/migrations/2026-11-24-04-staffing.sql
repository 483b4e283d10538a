create schema staffing;
grant usage on schema staffing to jikimi_app;

create table staffing.officer (
  id uuid primary key,
  name text not null,
  is_woman boolean not null,
  is_leader boolean not null,
  added_at timestamptz not null
);

-- Where an officer serves, and served: one open posting each.
create table staffing.posting (
  id uuid primary key,
  officer uuid not null references staffing.officer,
  agency text not null,
  from_at timestamptz not null,
  until_at timestamptz,
  check (until_at is null or until_at >= from_at)
);
create unique index posting_open on staffing.posting (officer) where until_at is null;
create index posting_of_agency on staffing.posting (agency) where until_at is null;

-- Whose a case is, and was: at most one open assignment each.
create table staffing.assignment (
  id uuid primary key,
  case_id uuid not null,
  agency text not null,
  officer uuid not null references staffing.officer,
  from_at timestamptz not null,
  until_at timestamptz
);
create unique index assignment_open on staffing.assignment (case_id) where until_at is null;
create index assignment_of_officer on staffing.assignment (officer, from_at);

-- An account stands for an officer who exists.
alter table access.member add constraint member_officer foreign key (officer) references staffing.officer;
alter table access.invitation add constraint invitation_officer foreign key (officer) references staffing.officer;

alter table staffing.officer enable row level security;
alter table staffing.posting enable row level security;
alter table staffing.assignment enable row level security;

create policy officer_read on staffing.officer for select using (platform.is_system() or platform.is_staff());
create policy officer_added on staffing.officer for insert
  with check (platform.is_system() or platform.role() in ('commander', 'administrator'));
create policy posting_read on staffing.posting for select using (platform.is_system() or platform.is_staff());
create policy posting_added on staffing.posting for insert
  with check (platform.is_system() or platform.role() in ('commander', 'administrator'));
create policy posting_ended on staffing.posting for update
  using (platform.is_system() or platform.role() in ('commander', 'administrator'));

-- Which case is whose: known to the agency that works on it.
create policy assignment_system on staffing.assignment for all using (platform.is_system());
create policy assignment_own on staffing.assignment for all
  using (platform.is_staff() and platform.role() in ('officer', 'leader', 'counsellor') and agency = platform.agency());

grant select, insert on staffing.officer, staffing.posting, staffing.assignment to jikimi_app;
grant update (until_at) on staffing.posting to jikimi_app;
grant update (until_at) on staffing.assignment to jikimi_app;

-- How many open cases each officer has: numbers for whoever plans, who may not see which cases they are. It runs
-- as its owner, past the policies above, and so asks itself who is asking.
create function staffing.loads() returns table (officer uuid, load bigint, last_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select a.officer, count(*) filter (where a.until_at is null), max(a.from_at)
  from staffing.assignment a
  where platform.is_system() or platform.is_staff()
  group by a.officer
$$;
revoke execute on function staffing.loads() from public;
grant execute on function staffing.loads() to jikimi_app;
