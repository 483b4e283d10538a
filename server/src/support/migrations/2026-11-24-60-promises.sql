create schema support;
grant usage on schema support to jikimi_app;

-- Who stands by the person whose case it is, beside seeing the case itself: whoever keeps exhibits does not.
create function support.stands_by() returns boolean language sql stable as $$
  select platform.is_staff() and platform.role() in ('officer', 'leader', 'counsellor', 'lawyerLiaison')
$$;
grant execute on function support.stands_by() to jikimi_app;

-- The care plan: what was promised to whom, by whom, until when. A promise is kept, or withdrawn for a reason; it is
-- never taken away.
create table support.promise (
  id uuid primary key,
  case_id uuid not null references cases.file,
  person text not null check (person in ('victim', 'guardian', 'other')),
  what text not null check (length(what) between 1 and 500),
  by_account uuid,
  by_role text check (by_role in ('officer', 'leader', 'counsellor', 'lawyerLiaison')),
  until_at timestamptz not null,
  made_by uuid not null,
  made_at timestamptz not null,
  state text not null check (state in ('open', 'kept', 'withdrawn')),
  reason text check (reason in ('victimStopped', 'noLongerNeeded', 'notPossible', 'replaced')),
  settled_by uuid,
  settled_at timestamptz,
  -- When the clock found that it was not kept in time.
  overdue_at timestamptz,
  check ((by_account is null) <> (by_role is null)),
  check ((state = 'open') = (settled_at is null) and (settled_at is null) = (settled_by is null)),
  check ((state = 'withdrawn') = (reason is not null))
);
create index promise_of_case on support.promise (case_id, id);
create index promise_due on support.promise (until_at, id) where state = 'open';
alter table support.promise enable row level security;
create policy promise_read on support.promise for select
  using ((select platform.is_system()) or ((select support.stands_by()) and case_id in (select cases.seen())));
create policy promise_made on support.promise for insert
  with check (support.stands_by() and cases.sees(case_id) and made_by = platform.account()
    and made_at = platform.now() and state = 'open');
create policy promise_changed on support.promise for update
  using (platform.is_system() or (support.stands_by() and cases.sees(case_id)))
  with check (platform.is_system() or settled_by = platform.account());
grant select, insert, update (state, reason, settled_by, settled_at, overdue_at) on support.promise to jikimi_app;
