create schema cases;
grant usage on schema cases to jikimi_app;

-- The case file. Its agency's officers, leaders and counsellors see it, and the product itself; nobody else.
create table cases.file (
  id uuid primary key,
  agency text not null,
  report_id uuid not null unique references intake.report,
  -- By code point, so that a range of texts is those with one beginning.
  number text collate "C" not null unique,
  state text not null check (state in ('open', 'closed')),
  concern text not null,
  is_minor boolean not null,
  is_urgent boolean not null,
  wants_woman boolean not null,
  -- Who has the case now, or had it when it closed; the history is kept by the staffing room.
  officer_id uuid references staffing.officer,
  opened_at timestamptz not null,
  closed_at timestamptz,
  check ((state = 'closed') = (closed_at is not null))
);
create index file_by_agency on cases.file (agency, id);
create index file_by_state on cases.file (agency, state, id);
create index file_by_officer on cases.file (officer_id, id);

-- One row an agency and year, locked while a case takes its number: no gap, no number twice.
create table cases.counter (
  agency text not null,
  year int not null,
  last int not null,
  primary key (agency, year)
);

-- What is still to be done. A case without an open matter is closed.
create table cases.matter (
  id uuid primary key,
  case_id uuid not null references cases.file,
  kind text not null,
  about uuid,
  state text not null check (state in ('open', 'settled', 'reopened')),
  opened_at timestamptz not null,
  settled_at timestamptz,
  reason text,
  unique nulls not distinct (case_id, kind, about),
  check ((state = 'settled') = (settled_at is not null and reason is not null))
);
create index matter_open on cases.matter (case_id) where state <> 'settled';

-- Hosts by which a case is found: `cdn.example.net` stands under itself and under `example.net`.
create table cases.host (
  agency text not null,
  host text collate "C" not null,
  case_id uuid not null references cases.file,
  primary key (agency, host, case_id)
);

-- Who read a case, by the hour: one entry in the log for each.
create table cases.reading (
  account_id uuid not null,
  case_id uuid not null references cases.file,
  hour timestamptz not null,
  primary key (account_id, case_id, hour)
);

alter table cases.file enable row level security;
alter table cases.counter enable row level security;
alter table cases.matter enable row level security;
alter table cases.host enable row level security;
alter table cases.reading enable row level security;

-- The agency whose cases the caller works on, or null. The commander sees counts only, the administrator no case.
create function cases.own_agency() returns text language sql stable as $$
  select case when platform.is_staff() and platform.role() in ('officer', 'leader', 'counsellor') then platform.agency() end
$$;
grant execute on function cases.own_agency() to jikimi_app;

-- As sub-selects, so that they are asked once for a statement and not for each row, and an index is used.
create policy file_system on cases.file for insert with check (platform.is_system());
create policy file_read on cases.file for select
  using ((select platform.is_system()) or agency = (select cases.own_agency()));
create policy file_changed on cases.file for update
  using ((select platform.is_system()) or agency = (select cases.own_agency()))
  with check ((select platform.is_system()) or agency = (select cases.own_agency()));
create policy counter_system on cases.counter for all using (platform.is_system());

-- Whether the caller sees the case: by this every later room binds its rows to the need to know.
create function cases.sees(wanted uuid) returns boolean language sql stable as $$
  select platform.is_system() or exists (select from cases.file where id = wanted)
$$;
grant execute on function cases.sees(uuid) to jikimi_app;

create policy matter_seen on cases.matter for all using (cases.sees(case_id)) with check (cases.sees(case_id));
create policy host_seen on cases.host for select
  using ((select platform.is_system()) or agency = (select cases.own_agency()));
create policy host_added on cases.host for insert
  with check (platform.is_system() or agency = cases.own_agency());
create policy reading_noted on cases.reading for insert with check (account_id = platform.account() and cases.sees(case_id));
create policy reading_read on cases.reading for select using (account_id = platform.account());

grant select, insert on cases.file, cases.matter, cases.host, cases.reading to jikimi_app;
grant update (state, closed_at, officer_id) on cases.file to jikimi_app;
grant update (state, settled_at, reason) on cases.matter to jikimi_app;
grant select, insert, update on cases.counter to jikimi_app;

-- What staff see of the earlier rooms: by the case.
create policy report_staff on intake.report for select using (platform.is_staff() and cases.sees(case_id));
create policy report_staff_told on intake.report for update
  using (platform.is_staff() and cases.sees(case_id)) with check (platform.is_staff() and cases.sees(case_id));
create policy entry_of_case_read on audit.entry for select
  using (platform.is_staff() and case_id is not null and cases.sees(case_id));
