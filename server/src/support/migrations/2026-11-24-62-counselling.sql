-- When the victim is met, by whom and how. Those who see the case see that; what is said stands in notes.
create table support.counselling (
  id uuid primary key,
  case_id uuid not null references cases.file,
  counsellor_id uuid not null,
  state text not null check (state in ('planned', 'held', 'missed', 'cancelled')),
  way text not null check (way in ('phone', 'chat', 'inPerson')),
  at timestamptz not null,
  place text not null check (length(place) <= 200),
  interpreter text check (interpreter ~ '^[a-z]{2,3}$' or interpreter = 'sign'),
  booking text check (booking in ('asked', 'booked', 'notFound')),
  planned_at timestamptz not null,
  follow_up_at timestamptz,
  followed_up_at timestamptz,
  -- When the clock found that the session, or what was to follow it, was left lying.
  overdue_at timestamptz,
  check ((interpreter is null) = (booking is null)),
  check (followed_up_at is null or follow_up_at is not null)
);
create index counselling_of_case on support.counselling (case_id, id);
create index counselling_planned on support.counselling (at) where state = 'planned' and overdue_at is null;
create index counselling_to_follow on support.counselling (follow_up_at) where followed_up_at is null;
alter table support.counselling enable row level security;
create function support.counsels() returns boolean language sql stable as $$
  select platform.is_staff() and platform.role() = 'counsellor'
$$;
grant execute on function support.counsels() to jikimi_app;
create policy counselling_read on support.counselling for select
  using ((select platform.is_system()) or ((select support.stands_by()) and case_id in (select cases.seen())));
create policy counselling_planned on support.counselling for insert
  with check (support.counsels() and cases.sees(case_id) and counsellor_id = platform.account()
    and state = 'planned' and planned_at = platform.now());
create policy counselling_changed on support.counselling for update
  using (platform.is_system() or (support.counsels() and counsellor_id = platform.account() and cases.sees(case_id)));
grant select, insert, update (state, at, booking, follow_up_at, followed_up_at, overdue_at)
  on support.counselling to jikimi_app;

-- Whom the victim has let read what a counsellor has sealed about them: given and taken back, with reason and time.
create table support.allowed (
  id uuid primary key,
  case_id uuid not null references cases.file,
  author_id uuid not null,
  account_id uuid not null,
  reason text not null check (reason in ('victimAsked', 'newCounsellor', 'cover', 'lawyer')),
  given_at timestamptz not null,
  withdrawn_at timestamptz,
  withdraw_reason text check (withdraw_reason in ('victimWithdrew', 'noLongerNeeded')),
  check (author_id <> account_id),
  check ((withdrawn_at is null) = (withdraw_reason is null))
);
create unique index allowed_now on support.allowed (case_id, author_id, account_id) where withdrawn_at is null;
alter table support.allowed enable row level security;
create policy allowed_read on support.allowed for select
  using (platform.is_staff() and (author_id = platform.account() or account_id = platform.account())
    and cases.sees(case_id));
create policy allowed_given on support.allowed for insert
  with check (support.counsels() and author_id = platform.account() and given_at = platform.now()
    and withdrawn_at is null and cases.sees(case_id));
create policy allowed_withdrawn on support.allowed for update
  using (platform.is_staff() and (author_id = platform.account() or account_id = platform.account())
    and cases.sees(case_id))
  with check (withdrawn_at = platform.now());
grant select, insert, update (withdrawn_at, withdraw_reason) on support.allowed to jikimi_app;

-- Who opens what a counsellor has sealed: that counsellor, and a counsellor or lawyer whom the victim has allowed.
-- No officer, no leader, nobody behind broken glass, no administrator, and not the product itself.
create function support.opens(author uuid, of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select platform.is_staff() and cases.sees(of_case)
    and ((platform.role() = 'counsellor' and author = platform.account())
      or (platform.role() in ('counsellor', 'lawyerLiaison') and exists (
        select from support.allowed allowed where allowed.case_id = of_case and allowed.author_id = author
          and allowed.account_id = platform.account() and allowed.withdrawn_at is null)))
$$;
revoke execute on function support.opens(uuid, uuid) from public;
grant execute on function support.opens(uuid, uuid) to jikimi_app;

-- Notes, safety plans and answers to screens, sealed to the room's own key before they come here. Only added.
create table support.note (
  id uuid primary key,
  case_id uuid not null references cases.file,
  counselling_id uuid references support.counselling,
  author_id uuid not null,
  kind text not null check (kind in ('note', 'safetyPlan', 'screen')),
  sealed bytea not null,
  written_at timestamptz not null
);
create index note_of_case on support.note (case_id, id);
alter table support.note enable row level security;
create policy note_read on support.note for select using (support.opens(author_id, case_id));
create policy note_written on support.note for insert
  with check (support.counsels() and author_id = platform.account() and written_at = platform.now()
    and cases.sees(case_id));
create trigger note_stays before update or delete on support.note
  for each row execute function platform.refuse_change();
grant select, insert on support.note to jikimi_app;
