-- Breaking the glass: somebody opens a case to themselves for an hour, and two named people are told at once.
create table cases.glass (
  id uuid primary key,
  case_id uuid not null references cases.file,
  member_id uuid not null unique references cases.member,
  account_id uuid not null,
  reason text not null check (reason in ('lifeAtRisk', 'spreadingNow', 'victimCalls', 'evidenceGoes')),
  words text not null check (length(words) between 10 and 500),
  at timestamptz not null,
  told uuid[] not null,
  -- To whom the letter has gone out already: none goes out twice.
  mailed uuid[] not null default '{}',
  reviewed_by uuid,
  reviewed_at timestamptz,
  verdict text check (verdict in ('justified', 'notJustified')),
  check ((reviewed_by is null) = (reviewed_at is null) and (reviewed_by is null) = (verdict is null)),
  check (reviewed_by is distinct from account_id)
);
create index glass_of_case on cases.glass (case_id, id);
create index glass_to_review on cases.glass (id) where verdict is null;
alter table cases.glass enable row level security;

create function cases.reviews_glass() returns boolean language sql stable as $$
  select platform.is_staff() and platform.role() in ('commander', 'dataProtectionOfficer')
$$;
create policy glass_system on cases.glass for all using (platform.is_system());
create policy glass_read on cases.glass for select using (cases.reviews_glass() or cases.sees_outside(case_id));
create policy glass_broken on cases.glass for insert
  with check (account_id = platform.account() and verdict is null and cases.sees(case_id));
create policy glass_reviewed on cases.glass for update
  using (cases.reviews_glass() or exists (select from cases.file f where f.id = case_id and f.agency = cases.led_agency()))
  with check (reviewed_by = platform.account());
grant select, insert, update (reviewed_by, reviewed_at, verdict, mailed) on cases.glass to jikimi_app;

create policy member_glass on cases.member for insert
  with check (ground = 'breakGlass' and platform.is_staff() and platform.role() in ('officer', 'leader')
    and account_id = platform.account() and let_by = platform.account()
    and from_at = platform.now() and until_at <= platform.now() + interval '60 minutes');
-- Nobody is in behind broken glass without a word of it being there, and people who were told.
create function cases.hold_glass() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.ground = 'breakGlass' and not exists (select from cases.glass glass where glass.member_id = new.id) then
    raise exception 'the glass is broken with a reason' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
create constraint trigger member_behind_glass after insert on cases.member
  deferrable initially deferred for each row execute function cases.hold_glass();

-- The case of a number or an id, for whoever may break the glass of any: it is loud, and so no secret way in.
create function cases.behind_glass(wanted text) returns uuid
language sql stable security definer set search_path = '' as $$
  select file.id from cases.file file
  where platform.is_staff() and platform.role() in ('officer', 'leader') and (file.number = wanted or file.id::text = wanted)
$$;
-- The two who are told: leaders of the case's agency, whoever answers for data protection, the commander, and where
-- these are too few an administrator. Different people, and not whoever breaks it.
create function cases.watchers(wanted uuid) returns table (account uuid)
language sql stable security definer set search_path = '' as $$
  select chosen.account from (
    select distinct on (member.person) member.account, member.enrolled_at, case member.role
      when 'leader' then 1 when 'dataProtectionOfficer' then 2 when 'commander' then 3 else 4 end as place
    from access.member member join cases.file file on file.id = wanted
    where member.is_active and member.person <> access.person_of(platform.account())
      and (member.role in ('dataProtectionOfficer', 'commander', 'administrator')
        or (member.role = 'leader' and member.agency = file.agency))
    order by member.person, place
  ) chosen order by chosen.place, chosen.enrolled_at, chosen.account limit 2
$$;
revoke execute on function cases.behind_glass(text), cases.watchers(uuid), cases.hold_glass() from public;
grant execute on function cases.behind_glass(text), cases.watchers(uuid), cases.reviews_glass() to jikimi_app;

-- Its review is decided by people who may not see into the case.
create policy approval_of_glass_read on access.approval for select
  using (kind = 'glass.review' and access.decides(roles, agency));
create policy approval_of_glass_given on access.approval for update
  using (kind = 'glass.review' and access.decides(roles, agency));

-- A wish for a woman is known to those who know of the case, and to who was called.
drop policy wish_led on staffing.wish;
create policy wish_known on staffing.wish for all using (cases.sees_outside(case_id));

-- Whoever answers for data protection sees the log of every case: who did what and when, in ids and codes.
create policy entry_of_case_protected on audit.entry for select
  using (platform.is_staff() and platform.role() = 'dataProtectionOfficer' and case_id is not null);

-- Who looked at the reporter's own case: by role and agency, never by name.
create function cases.readers_told() returns table (role text, agency text, times bigint, last_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select member.role, member.agency, count(*), max(entry.at)
  from intake.report report
  join audit.entry entry on entry.case_id = report.case_id
  join access.member member on member.account = (entry.body::jsonb -> 'by' ->> 'account')::uuid
  where platform.kind() = 'reporter' and report.id = platform.report()
    and entry.kind in ('case.read', 'report.opened', 'exhibit.viewed', 'glass.broken')
  group by member.role, member.agency
$$;
revoke execute on function cases.readers_told() from public;
grant execute on function cases.readers_told() to jikimi_app;

-- Unusual reading. What counts as that is a setting of whoever answers for data protection; an account is flagged
-- once an hour for one kind of thing.
alter table cases.file add column is_known_person boolean not null default false;
grant update (is_known_person) on cases.file to jikimi_app;
create table cases.reading_rule (
  only_row boolean primary key default true check (only_row),
  cases_an_hour int not null check (cases_an_hour between 1 and 1000),
  -- Hours of Seoul: from the first until before the second.
  night_from int not null check (night_from between 0 and 23),
  night_until int not null check (night_until between 0 and 23)
);
insert into cases.reading_rule values (true, 15, 23, 6);
create table cases.flag (
  id uuid primary key,
  account_id uuid not null,
  case_id uuid not null references cases.file,
  kind text not null check (kind in ('many', 'night', 'knownPerson')),
  hour timestamptz not null,
  at timestamptz not null,
  seen_by uuid,
  seen_at timestamptz,
  check ((seen_by is null) = (seen_at is null)),
  unique (account_id, kind, hour)
);
create index flag_open on cases.flag (id) where seen_at is null;
alter table cases.reading_rule enable row level security;
alter table cases.flag enable row level security;
create function cases.protects() returns boolean language sql stable as $$
  select platform.is_staff() and platform.role() = 'dataProtectionOfficer'
$$;
grant execute on function cases.protects() to jikimi_app;
create policy rule_read on cases.reading_rule for select using (platform.is_staff() or platform.is_system());
create policy rule_set on cases.reading_rule for update using (cases.protects());
create policy flag_raised on cases.flag for insert with check (account_id = platform.account() and cases.sees(case_id));
create policy flag_read on cases.flag for select using (cases.protects());
create policy flag_seen on cases.flag for update using (cases.protects()) with check (seen_by = platform.account());
grant select, update (cases_an_hour, night_from, night_until) on cases.reading_rule to jikimi_app;
grant select, insert, update (seen_by, seen_at) on cases.flag to jikimi_app;

-- Whoever reviews must know whom: names of those who work on cases, for the head office too.
create or replace function access.colleagues() returns table (account uuid, name text, role text, officer uuid, agency text)
language sql stable security definer set search_path = '' as $$
  select member.account, person.name, member.role, member.officer, member.agency
  from access.member member join access."user" person on person.id = member.account
  where member.is_active and (platform.is_system() or (platform.is_staff() and platform.role() in
      ('officer', 'leader', 'counsellor', 'lawyerLiaison', 'evidenceCustodian', 'commander', 'dataProtectionOfficer')))
    and member.role in ('officer', 'leader', 'counsellor', 'lawyerLiaison', 'evidenceCustodian')
$$;

-- The auditor asks by who did it.
create index entry_by_account on audit.entry ((body::jsonb -> 'by' ->> 'account'), id);
