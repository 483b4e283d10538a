-- A wish for a woman that the team cannot keep lets in who is on call and was called, until it is kept or the case
-- needs nobody any more.
alter table staffing.wish add column released_at timestamptz;
grant update (agency, released_at) on staffing.wish to jikimi_app;
-- Who sees into the case closes it, and with it what was asked for; who leads its agency gives it to somebody.
create policy wish_seen on staffing.wish for select using (cases.sees_outside(case_id));
create policy wish_ended on staffing.wish for update using (cases.sees_outside(case_id));

alter table cases.member drop constraint member_ground_check, drop constraint member_check1;
alter table cases.member
  add constraint member_ground_check check (ground in
    ('team', 'counsellor', 'secondPerson', 'cover', 'advice', 'supervision', 'breakGlass', 'wish')),
  -- The team, its counsellor and who was called for a wish stay until it is ended; all others are let in for a time.
  add constraint member_check1 check (until_at is not null or ground in ('team', 'counsellor', 'wish'));

-- Whether this account is the one that was called for a wish that waits. As its owner: whoever ends somebody's part
-- need not see the wish.
create function cases.is_called(wanted uuid, asked uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from staffing.wish wish join access.member person on person.officer = wish.officer
    where wish.case_id = wanted and person.account = asked and wish.met_at is null and wish.released_at is null)
$$;
revoke execute on function cases.is_called(uuid, uuid) from public;
grant execute on function cases.is_called(uuid, uuid) to jikimi_app;
-- The leader who gives a case from a woman to a man calls for the wish by that; nobody but who was called comes in.
create policy member_called on cases.member for insert
  with check (ground = 'wish' and let_by is null and from_at = platform.now() and until_at is null
    and cases.sees_outside(case_id) and cases.is_called(case_id, account_id));
create policy member_called_ended on cases.member for update
  using (ground = 'wish' and cases.sees_outside(case_id) and not cases.is_called(case_id, account_id))
  with check (ended_at = platform.now());

-- A case goes into other hands, at its agency or another: who said so, why, and when it was done. The words are for
-- those who take it up.
create table cases.handover (
  id uuid primary key,
  case_id uuid not null references cases.file,
  from_agency text not null,
  to_agency text not null references staffing.agency,
  from_officer uuid references staffing.officer,
  to_officer uuid references staffing.officer,
  reason text not null check (reason in ('place', 'wish', 'load', 'skill', 'leaving', 'conflict')),
  words text not null check (length(words) <= 500),
  made_by uuid not null,
  made_at timestamptz not null,
  done_at timestamptz,
  -- The leader of the agency that has it now has taken note.
  noted_at timestamptz,
  check (noted_at is null or done_at is not null)
);
create unique index handover_open on cases.handover (case_id) where done_at is null;
create index handover_waits on cases.handover (to_agency, id) where noted_at is null;
alter table cases.handover enable row level security;
create policy handover_system on cases.handover for all using (platform.is_system());
create policy handover_read on cases.handover for select
  using ((to_agency = (select cases.led_agency()) and done_at is not null) or cases.sees_outside(case_id));
create policy handover_made on cases.handover for insert
  with check (made_by = platform.account() and made_at = platform.now() and done_at is null
    and from_agency = cases.led_agency()
    and exists (select from cases.file file where file.id = case_id and file.agency = cases.led_agency()));
create policy handover_noted on cases.handover for update
  using (to_agency = (select cases.led_agency()) and done_at is not null)
  with check (noted_at = platform.now());
grant select, insert, update (done_at, noted_at) on cases.handover to jikimi_app;

-- The file, where it is found by its hosts, and what of it waits for somebody's approval, at another agency from here
-- on. The number stays, and with it everything that was written under it. Only the procedure does this.
create function cases.move_file(wanted uuid, other text) returns void
language sql volatile security definer set search_path = '' as $$
  update cases.file set agency = other where id = wanted and platform.is_system();
  update cases.host set agency = other where case_id = wanted and platform.is_system();
  update access.approval set agency = other
    where case_id = wanted and state = 'asked' and agency is not null and platform.is_system();
$$;
revoke execute on function cases.move_file(uuid, text) from public;
grant execute on function cases.move_file(uuid, text) to jikimi_app;
