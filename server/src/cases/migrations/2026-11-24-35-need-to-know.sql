-- Who sees a case beside the officer who has it. The officer stands on the file; the history of officers is kept by
-- the staffing room. A row ends by itself, or is ended; it is never taken away.
create table cases.member (
  id uuid primary key,
  case_id uuid not null references cases.file,
  account_id uuid not null,
  ground text not null
    check (ground in ('team', 'counsellor', 'secondPerson', 'cover', 'advice', 'supervision', 'breakGlass')),
  words text not null check (length(words) <= 500),
  -- Null: the procedure did.
  let_by uuid,
  from_at timestamptz not null,
  until_at timestamptz,
  ended_at timestamptz,
  check (until_at is null or until_at > from_at),
  -- The team and its counsellor stay until somebody ends it; all others are let in for a time.
  check (until_at is not null or ground in ('team', 'counsellor')),
  -- Who breaks the glass opens to themselves alone, for an hour, and says why.
  check (ground <> 'breakGlass'
    or (account_id = let_by and until_at <= from_at + interval '60 minutes' and length(words) > 0))
);
create index member_of_case on cases.member (case_id, id);
create index member_by_account on cases.member (account_id, case_id) where ended_at is null;
create index host_by_name on cases.host (host, case_id);
alter table cases.member enable row level security;

-- Who may see a case at all. The commander counts, the administrator runs the system: no letting in changes that.
create function cases.works_on_cases() returns boolean language sql stable as $$
  select platform.is_staff()
    and platform.role() in ('officer', 'leader', 'counsellor', 'lawyerLiaison', 'evidenceCustodian')
$$;
-- The agency whose cases the caller leads: sees from outside, gives to officers.
create function cases.led_agency() returns text language sql stable as $$
  select case when platform.is_staff() and platform.role() = 'leader' then platform.agency() end
$$;
-- Who the caller is on a file.
create function cases.officer_asking() returns uuid language sql stable as $$
  select case when platform.is_staff() and platform.role() in ('officer', 'leader') then platform.officer() end
$$;
-- Cases that the caller was let into and still is. As its owner: the policies of both tables rest on it.
create function cases.joined() returns setof uuid language sql stable security definer set search_path = '' as $$
  select member.case_id from cases.member member
  where cases.works_on_cases() and member.account_id = platform.account()
    and member.ended_at is null and member.from_at <= platform.now()
    and (member.until_at is null or member.until_at > platform.now())
$$;

-- Whether the caller sees into the case: the officer who has it, while they serve at its agency, and whoever was let
-- in. By this every later room binds its rows to the need to know.
create or replace function cases.sees(wanted uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select platform.is_system()
    or exists (select from cases.file file where file.id = wanted
      and file.officer_id = cases.officer_asking() and file.agency = platform.agency())
    or (cases.works_on_cases() and exists (select from cases.member member
      where member.account_id = platform.account() and member.case_id = wanted
        and member.ended_at is null and member.from_at <= platform.now()
        and (member.until_at is null or member.until_at > platform.now())))
$$;
grant execute on function cases.works_on_cases(), cases.led_agency(), cases.officer_asking() to jikimi_app;
revoke execute on function cases.joined(), cases.sees(uuid) from public;
grant execute on function cases.joined(), cases.sees(uuid) to jikimi_app;

-- The file itself is the outside of a case: number, kind, state, who has it. A leader sees that of the whole agency.
-- As sub-selects, so that they are asked once for a statement and not for each row.
drop policy file_read on cases.file;
drop policy file_changed on cases.file;
create policy file_read on cases.file for select using (
  (select platform.is_system())
  or agency = (select cases.led_agency())
  or (officer_id = (select cases.officer_asking()) and agency = (select platform.agency()))
  or id = any (array(select cases.joined())));
create policy file_changed on cases.file for update
  using (agency = (select cases.led_agency()) or cases.sees(id))
  with check (agency = (select cases.led_agency()) or cases.sees(id));

-- Whether the caller knows of the case: sees into it, or leads its agency.
create function cases.sees_outside(wanted uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select cases.sees(wanted)
    or exists (select from cases.file file where file.id = wanted and file.agency = cases.led_agency())
$$;
revoke execute on function cases.sees_outside(uuid) from public;
grant execute on function cases.sees_outside(uuid) to jikimi_app;

-- Of what is to be done a leader sees kind, state and time; done it is by those who see the case.
drop policy matter_seen on cases.matter;
create policy matter_read on cases.matter for select using (cases.sees_outside(case_id));
create policy matter_put on cases.matter for insert with check (cases.sees(case_id));
create policy matter_changed on cases.matter for update using (cases.sees(case_id)) with check (cases.sees(case_id));

-- Where the material is, is inside of the case.
drop policy host_seen on cases.host;
drop policy host_added on cases.host;
create policy host_seen on cases.host for select using (cases.sees(case_id));
create policy host_added on cases.host for insert with check (cases.sees(case_id));
drop function cases.own_agency();

-- Who may let others in: whoever has the case, and who leads the agency.
create function cases.may_let_in(wanted uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from cases.file file where file.id = wanted and file.agency = platform.agency()
    and (file.officer_id = cases.officer_asking() or file.agency = cases.led_agency()))
$$;
revoke execute on function cases.may_let_in(uuid) from public;
grant execute on function cases.may_let_in(uuid) to jikimi_app;
create policy member_system on cases.member for all using (platform.is_system()) with check (platform.is_system());
create policy member_read on cases.member for select
  using (cases.sees_outside(case_id) or account_id = platform.account());
create policy member_let_in on cases.member for insert
  with check (ground <> 'breakGlass' and let_by = platform.account() and from_at = platform.now()
    and until_at is not null and cases.may_let_in(case_id));
create policy member_ended on cases.member for update
  using (cases.may_let_in(case_id) or account_id = platform.account())
  with check (ended_at = platform.now());
grant select, insert on cases.member to jikimi_app;
grant update (ended_at) on cases.member to jikimi_app;

-- Whose a case is, and was: known to those who know of the case.
drop policy assignment_own on staffing.assignment;
create policy assignment_read on staffing.assignment for select using (cases.sees_outside(case_id));
create policy assignment_made on staffing.assignment for insert with check (cases.sees_outside(case_id));
create policy assignment_ended on staffing.assignment for update using (cases.sees_outside(case_id));

-- What the reporter is told of the case's state. A leader who gives the case to an officer says it without seeing the
-- report; so it runs as its owner and asks itself who is asking.
create function intake.tell_case_state(wanted uuid, state text, is_woman boolean) returns void
language sql volatile security definer set search_path = '' as $$
  update intake.report report set case_state = state, officer_is_woman = is_woman
  where report.id = wanted and (platform.is_system() or cases.sees(report.case_id)
    or exists (select from cases.file file where file.id = report.case_id and file.agency = cases.led_agency()))
$$;
revoke execute on function intake.tell_case_state(uuid, text, boolean) from public;
grant execute on function intake.tell_case_state(uuid, text, boolean) to jikimi_app;

-- Who worked on a case by their agency keeps doing so: nobody loses a case that they are in the middle of. An
-- installation that is older than this rule lets its counsellors in for thirty days; what lasts longer is said anew.
insert into cases.member (id, case_id, account_id, ground, words, from_at, until_at)
select gen_random_uuid(), file.id, member.account, 'counsellor', '', now(), now() + interval '30 days'
from cases.file file join access.member member on member.agency = file.agency
where member.role = 'counsellor' and member.is_active and file.state = 'open';
