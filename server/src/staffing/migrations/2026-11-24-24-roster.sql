-- What an officer brings: languages and skills, by fixed codes.
alter table staffing.officer
  add column languages text[] not null default '{}',
  add column skills text[] not null default '{}';
create policy officer_changed on staffing.officer for update
  using (platform.is_system() or platform.role() in ('commander', 'administrator'));
grant update (languages, skills) on staffing.officer to jikimi_app;

-- Whether an officer serves at the agency of whoever asks.
create function staffing.is_colleague(asked uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from staffing.posting p
    where p.officer = asked and p.until_at is null and p.agency = platform.agency()
  )
$$;
revoke execute on function staffing.is_colleague(uuid) from public;
grant execute on function staffing.is_colleague(uuid) to jikimi_app;

-- Days on which an officer cannot be asked. Leave and recovery look alike here: no reason is ever stored.
create table staffing.leave (
  id uuid primary key,
  officer uuid not null references staffing.officer,
  from_day text not null check (from_day ~ '^\d{4}-\d\d-\d\d$'),
  until_day text not null check (until_day ~ '^\d{4}-\d\d-\d\d$' and until_day >= from_day)
);
create index leave_of_officer on staffing.leave (officer, until_day);

create table staffing.roster (
  id uuid primary key,
  first_day text not null check (first_day ~ '^\d{4}-\d\d-\d\d$'),
  days integer not null check (days between 1 and 56),
  people_on_shift integer not null check (people_on_shift between 1 and 50),
  rest_days integer not null check (rest_days between 1 and 13),
  made_by uuid not null,
  made_at timestamptz not null
);

-- One officer on call for 24 hours from nine in the morning, Seoul time.
create table staffing.duty (
  id uuid primary key,
  roster uuid not null references staffing.roster on delete cascade,
  day text not null check (day ~ '^\d{4}-\d\d-\d\d$'),
  officer uuid not null references staffing.officer,
  unique (day, officer)
);
create index duty_of_officer on staffing.duty (officer, day);

create table staffing.swap (
  id uuid primary key,
  duty uuid not null references staffing.duty on delete cascade,
  asked_by uuid not null references staffing.officer,
  asked_of uuid not null references staffing.officer,
  state text not null check (state in ('asked', 'agreed', 'approved', 'refused')),
  asked_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  check (asked_by <> asked_of)
);
create unique index swap_open on staffing.swap (duty) where state in ('asked', 'agreed');

-- The address of an officer's calendar: a digest of its secret, until it is taken back.
create table staffing.calendar (
  id uuid primary key,
  officer uuid not null references staffing.officer,
  secret_digest bytea not null unique,
  made_at timestamptz not null,
  revoked_at timestamptz
);
create unique index calendar_open on staffing.calendar (officer) where revoked_at is null;

alter table staffing.leave enable row level security;
alter table staffing.roster enable row level security;
alter table staffing.duty enable row level security;
alter table staffing.swap enable row level security;
alter table staffing.calendar enable row level security;

create policy leave_system on staffing.leave for select
  using (platform.is_system() or platform.role() = 'commander' or officer = platform.officer());
create policy leave_led on staffing.leave for all
  using (platform.role() = 'leader' and staffing.is_colleague(officer));
create policy roster_read on staffing.roster for select using (platform.is_system() or platform.is_staff());
create policy roster_made on staffing.roster for all using (platform.role() = 'commander');
create policy duty_read on staffing.duty for select using (platform.is_system() or platform.is_staff());
create policy duty_made on staffing.duty for all using (platform.role() = 'commander');
create policy duty_swapped on staffing.duty for update
  using (platform.role() = 'leader' and staffing.is_colleague(officer)) with check (platform.role() = 'leader');
create policy swap_read on staffing.swap for select
  using (
    platform.is_system() or platform.role() = 'commander' or platform.officer() in (asked_by, asked_of)
    or (platform.role() = 'leader' and staffing.is_colleague(asked_by))
  );
create policy swap_asked on staffing.swap for insert with check (asked_by = platform.officer() and state = 'asked');
create policy swap_agreed on staffing.swap for update
  using (asked_of = platform.officer()) with check (state in ('agreed', 'refused'));
create policy swap_decided on staffing.swap for update
  using (
    platform.role() = 'commander'
    or (platform.role() = 'leader' and staffing.is_colleague(asked_by)
        and platform.officer() not in (asked_by, asked_of))
  );
create policy calendar_own on staffing.calendar for all using (officer = platform.officer());
create policy calendar_read on staffing.calendar for select using (platform.is_system());

grant select, insert, delete on staffing.leave, staffing.roster, staffing.duty to jikimi_app;
grant update (officer) on staffing.duty to jikimi_app;
grant select, insert on staffing.swap, staffing.calendar to jikimi_app;
grant update (state, decided_by, decided_at) on staffing.swap to jikimi_app;
grant update (revoked_at) on staffing.calendar to jikimi_app;
