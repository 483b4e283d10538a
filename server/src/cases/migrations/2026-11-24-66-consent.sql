-- What the person of a case has consented to, purpose by purpose. Lines are added only: the newest one counts.
create table cases.consent (
  id uuid primary key,
  case_id uuid not null references cases.file,
  purpose text not null check (purpose in ('removal', 'investigation', 'banks', 'abroad')),
  is_given boolean not null,
  -- In the report itself, later with the receipt, or to somebody of the team.
  said_by text not null check (said_by in ('report', 'reporter', 'staff')),
  account_id uuid,
  how text check (how in ('spoken', 'written')),
  at timestamptz not null,
  check ((said_by = 'staff') = (account_id is not null) and (said_by = 'staff') = (how is not null))
);
create index consent_of_case on cases.consent (case_id, purpose, id);
create trigger consent_is_kept before update or delete on cases.consent
  for each row execute function platform.refuse_change();

-- Who relied on a consent that was withdrawn, and when they had stopped.
create table cases.reliance (
  consent_id uuid not null references cases.consent,
  place text not null,
  stopped_at timestamptz,
  primary key (consent_id, place)
);
alter table cases.consent enable row level security;
alter table cases.reliance enable row level security;

-- The case of the report whose receipt is held.
create function cases.reported() returns uuid
language sql stable security definer set search_path = '' as $$
  select report.case_id from intake.report report
  where platform.kind() = 'reporter' and report.id = platform.report()
$$;
-- How many removals still have to be taken back by hand: of one's own case.
create function cases.taken_back_by_hand(wanted uuid) returns bigint
language sql stable security definer set search_path = '' as $$
  select count(*) from cases.matter matter
  where matter.case_id = wanted and matter.kind = 'target' and matter.state <> 'settled'
    and (wanted = cases.reported() or cases.sees(wanted))
$$;
revoke execute on function cases.reported(), cases.taken_back_by_hand(uuid) from public;
grant execute on function cases.reported(), cases.taken_back_by_hand(uuid) to jikimi_app;

create policy consent_read on cases.consent for select
  using (case_id = (select cases.reported()) or cases.sees(case_id));
-- Nobody says it in another side's name.
create policy consent_said on cases.consent for insert with check (at = platform.now() and case platform.kind()
  when 'system' then said_by = 'report'
  when 'reporter' then said_by = 'reporter' and case_id = cases.reported()
  when 'staff' then said_by = 'staff' and account_id = platform.account() and cases.sees(case_id)
  else false end);
create policy reliance_read on cases.reliance for select
  using (exists (select from cases.consent consent where consent.id = consent_id));
create policy reliance_put on cases.reliance for insert
  with check (stopped_at is null and exists (select from cases.consent consent where consent.id = consent_id));
create policy reliance_stopped on cases.reliance for update
  using (platform.is_system()) with check (platform.is_system());
grant select, insert on cases.consent, cases.reliance to jikimi_app;
grant update (stopped_at) on cases.reliance to jikimi_app;

-- Parents and guardians must not learn of it: the young person wants it so.
alter table cases.file add column is_kept_from_guardian boolean not null default false;

-- A report is the wish to have it removed; nothing was said of the other purposes before they were asked.
insert into cases.consent (id, case_id, purpose, is_given, said_by, at)
select gen_random_uuid(), file.id, 'removal', true, 'report', file.opened_at
from cases.file file join intake.report report on report.id = file.report_id where report.relation <> 'other';
