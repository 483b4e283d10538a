-- An account belongs to a person. Somebody may have two, an officer's and an administrator's: whoever invites says so.
-- Two accounts of one person are one pair of eyes.
alter table access.member add column person uuid;
update access.member set person = account;
alter table access.member alter column person set not null;
create function access.name_person() returns trigger language plpgsql as $$
begin
  new.person := coalesce(new.person, new.account);
  return new;
end $$;
create trigger member_is_somebody before insert on access.member for each row execute function access.name_person();
alter table access.invitation
  add column person uuid,
  -- An account that is there already and was reset: the link sets a new password on it.
  add column account uuid references access."user" on delete cascade;

create function access.person_of(wanted uuid) returns uuid language sql stable security definer set search_path = '' as $$
  select coalesce((select person from access.member where account = wanted), wanted)
$$;

-- What one person asks and another decides. Reasons are codes; what is asked for stands in the room of its kind.
create table access.approval (
  id uuid primary key,
  kind text not null,
  subject uuid not null,
  case_id uuid,
  agency text,
  -- Who may decide: these roles, of that agency where one is named, or of the head office.
  roles text[] not null check (cardinality(roles) > 0),
  reason text not null check (reason ~ '^[A-Za-z0-9.]{1,40}$'),
  asked_by uuid not null,
  asked_person uuid not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > asked_at),
  state text not null check (state in ('asked', 'approved', 'refused', 'withdrawn', 'expired')),
  decided_by uuid,
  decided_person uuid,
  decided_at timestamptz,
  decision_reason text check (decision_reason ~ '^[A-Za-z0-9.]{1,40}$'),
  used boolean not null default false,
  constraint two_persons check (decided_person is null or decided_person <> asked_person),
  check ((state in ('approved', 'refused')) = (decided_by is not null)),
  check ((decided_by is null) = (decided_person is null) and (decided_by is null) = (decided_at is null)),
  check (state <> 'approved' or decided_at < expires_at),
  check (not used or state = 'approved')
);
-- Asked once at a time.
create unique index approval_waits on access.approval (kind, subject) where state = 'asked';
create index approval_due on access.approval (expires_at) where state = 'asked';
create index approval_of_asker on access.approval (asked_by);

-- One asks and decides in one's own name, once; nothing of what was asked changes afterwards.
create function access.hold_asked() returns trigger language plpgsql as $$
begin
  if new.asked_by is distinct from platform.account() or new.state <> 'asked' or new.decided_by is not null then
    raise exception 'an approval is asked in one''s own name' using errcode = 'insufficient_privilege';
  end if;
  new.asked_person := access.person_of(new.asked_by);
  return new;
end $$;
create function access.hold_decided() returns trigger language plpgsql as $$
begin
  if old.state <> 'asked' and (new.state, new.decided_by) is distinct from (old.state, old.decided_by) then
    raise exception 'an approval is decided once' using errcode = 'insufficient_privilege';
  end if;
  if new.decided_by is not null and old.decided_by is null then
    if new.decided_by is distinct from platform.account() then
      raise exception 'an approval is decided in one''s own name' using errcode = 'insufficient_privilege';
    end if;
    new.decided_person := access.person_of(new.decided_by);
  end if;
  return new;
end $$;
create trigger approval_asked before insert on access.approval for each row execute function access.hold_asked();
create trigger approval_decided before update on access.approval for each row execute function access.hold_decided();

create function access.decides(wanted_roles text[], wanted_agency text) returns boolean language sql stable as $$
  select platform.is_staff() and platform.role() = any (wanted_roles)
    and (wanted_agency is null or platform.agency() is null or platform.agency() = wanted_agency)
$$;

-- An approved reset, once, by whoever approved it: everything that opened the account goes. Returns the sessions it ends.
create function access.unlock_account(reset uuid) returns setof uuid language plpgsql security definer set search_path = '' as $$
declare whose uuid;
begin
  update access.approval set used = true
    where id = reset and kind = 'account.reset' and state = 'approved' and not used and decided_by = platform.account()
    returning subject into whose;
  if whose is null then
    raise exception 'an account is reset by two persons' using errcode = 'insufficient_privilege';
  end if;
  delete from access."twoFactor" where "userId" = whose;
  delete from access.passkey where "userId" = whose;
  update access."user" set "twoFactorEnabled" = false where id = whose;
  update access.account set password = null where "userId" = whose and "providerId" = 'credential';
  delete from access.invitation where account = whose;
  return query delete from access.session where "userId" = whose returning id;
end $$;

-- The password of an account that has none: whoever holds the link of its reset sets it.
create function access.set_password(whose uuid, hash text) returns void language plpgsql security definer set search_path = '' as $$
begin
  update access.account set password = hash
    where "userId" = whose and "providerId" = 'credential' and password is null and platform.is_system();
  if not found then
    raise exception 'this account was not reset' using errcode = 'insufficient_privilege';
  end if;
end $$;

alter table access.approval enable row level security;
create policy approval_system on access.approval for all using (platform.is_system());
create policy approval_own on access.approval for all
  using (platform.is_staff() and asked_by = platform.account())
  with check (platform.is_staff() and asked_by = platform.account());
create policy approval_read on access.approval for select using (case_id is null and access.decides(roles, agency));
create policy approval_given on access.approval for update using (case_id is null and access.decides(roles, agency));

-- Whoever has just approved a reset makes its link, whatever their role.
create policy invitation_of_reset on access.invitation for insert with check (account is not null
  and exists (select from access.approval a where a.kind = 'account.reset' and a.subject = invitation.account
    and a.used and a.decided_by = platform.account()));

-- Whoever decides sees the name of whoever asks, and of the account that is to be reset.
create policy user_asking on access."user" for select
  using (exists (select from access.approval a where a.asked_by = "user".id or (a.kind = 'account.reset' and a.subject = "user".id)));

grant select, insert, update (state, decided_by, decided_person, decided_at, decision_reason) on access.approval to jikimi_app;
grant execute on all functions in schema access to jikimi_app;
revoke execute on function access.person_of(uuid), access.unlock_account(uuid), access.set_password(uuid, text) from public;
