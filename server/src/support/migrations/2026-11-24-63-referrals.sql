-- Bodies that help, beside those that come with the program.
create table support.body (
  id uuid primary key,
  name text not null check (length(name) between 2 and 100),
  kind text not null,
  phone text check (length(phone) <= 40),
  region text,
  languages text[] not null,
  accessibility text[] not null,
  added_by uuid not null,
  added_at timestamptz not null,
  closed_at timestamptz
);
alter table support.body enable row level security;
create function support.keeps_directory() returns boolean language sql stable as $$
  select platform.is_staff() and platform.role() in ('counsellor', 'administrator')
$$;
create policy body_read on support.body for select using (platform.is_staff() or platform.is_system());
create policy body_added on support.body for insert
  with check (support.keeps_directory() and added_by = platform.account() and added_at = platform.now());
create policy body_closed on support.body for update
  using (support.keeps_directory()) with check (closed_at = platform.now());
grant select, insert, update (closed_at) on support.body to jikimi_app;

-- For which body the agent of a partner answers.
create table support.agent (
  account_id uuid primary key,
  body text not null,
  named_by uuid not null,
  named_at timestamptz not null
);
alter table support.agent enable row level security;
create function support.is_partner(wanted uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from access.member member
    where member.account = wanted and member.role = 'partnerAgent' and member.is_active)
$$;
create function support.names_agents() returns boolean language sql stable as $$
  select platform.is_staff() and platform.role() = 'administrator'
$$;
create policy agent_named on support.agent for all using (support.names_agents())
  with check (support.names_agents() and named_by = platform.account() and support.is_partner(account_id));
grant select, insert, update, delete on support.agent to jikimi_app;

-- The body of the partner's agent who is asking; null for everybody else. As its owner: the agent sees no table.
create function support.own_body() returns text
language sql stable security definer set search_path = '' as $$
  select agent.body from support.agent agent
  where platform.kind() = 'staff' and platform.role() = 'partnerAgent' and agent.account_id = platform.account()
$$;
-- Which bodies have somebody here who answers.
create function support.bodies_with_agents() returns setof text
language sql stable security definer set search_path = '' as $$
  select distinct agent.body from support.agent agent
  where platform.is_staff() and support.is_partner(agent.account_id)
$$;
revoke execute on function support.own_body(), support.is_partner(uuid), support.bodies_with_agents() from public;
grant execute on function support.own_body(), support.is_partner(uuid), support.bodies_with_agents(),
  support.keeps_directory(), support.names_agents() to jikimi_app;

-- A referral: to which body, of what kind, with which facts. What it says stands sealed beside it.
create table support.referral (
  id uuid primary key,
  case_id uuid not null references cases.file,
  body text not null,
  kind text not null,
  facts text[] not null,
  state text not null check (state in ('sent', 'accepted', 'declined', 'done', 'withdrawn')),
  sent_by uuid not null,
  sent_at timestamptz not null,
  -- Until when it is to be answered, and once accepted, done.
  due_at timestamptz not null,
  stepped_at timestamptz,
  stepped_by uuid,
  reason text check (reason in ('noCapacity', 'notOurs', 'notReached', 'victimDeclined', 'victimWithdrew', 'mistake')),
  overdue_at timestamptz,
  check ((state in ('declined', 'withdrawn')) = (reason is not null))
);
create index referral_of_case on support.referral (case_id, id);
create index referral_to_body on support.referral (body, id);
create index referral_due on support.referral (due_at) where state in ('sent', 'accepted');
alter table support.referral enable row level security;
create function support.refers() returns boolean language sql stable as $$
  select platform.is_staff() and platform.role() in ('officer', 'leader', 'counsellor')
$$;
grant execute on function support.refers() to jikimi_app;
create policy referral_read on support.referral for select
  using ((select platform.is_system()) or ((select support.stands_by()) and case_id in (select cases.seen())));
create policy referral_to_own_body on support.referral for select
  using (body = (select support.own_body()) and state <> 'withdrawn');
create policy referral_sent on support.referral for insert
  with check (support.refers() and cases.sees(case_id) and sent_by = platform.account()
    and sent_at = platform.now() and state = 'sent');
create policy referral_stepped on support.referral for update
  using (platform.is_system() or (support.refers() and cases.sees(case_id))
    or (body = support.own_body() and state in ('sent', 'accepted')))
  with check (platform.is_system() or (stepped_by = platform.account() and stepped_at = platform.now()
    and (support.refers() or state in ('accepted', 'declined', 'done'))));
grant select, insert, update (state, due_at, stepped_at, stepped_by, reason, overdue_at)
  on support.referral to jikimi_app;

-- What a referral says: read by who sent it, by the counsellors of the case, and by the body for as long as it has
-- to do with it.
create table support.referral_text (
  referral_id uuid primary key references support.referral,
  case_id uuid not null references cases.file,
  body text not null,
  sent_by uuid not null,
  sealed bytea not null
);
alter table support.referral_text enable row level security;
create policy text_read on support.referral_text for select
  using (((select support.refers()) and (sent_by = platform.account() or (select support.counsels()))
    and cases.sees(case_id)));
create policy text_to_own_body on support.referral_text for select
  using (body = (select support.own_body()) and exists (select from support.referral referral
    where referral.id = referral_id and referral.state in ('sent', 'accepted')));
create policy text_sealed on support.referral_text for insert
  with check (support.refers() and sent_by = platform.account() and cases.sees(case_id));
create trigger text_stays before update or delete on support.referral_text
  for each row execute function platform.refuse_change();
grant select, insert on support.referral_text to jikimi_app;
