-- Who somebody is at the identity provider of their agency: the issuer and its name for them (OpenID Connect, `iss` and
-- `sub`), as one HMAC. It opens the account to which an invitation or the owner has tied it.
create table access.identity (
  veil text primary key,
  provider text not null,
  account uuid not null references access."user" on delete cascade,
  -- Whether the provider has ever vouched for a strong authentication: then it is a second factor of the account.
  is_strong boolean not null,
  linked_at timestamptz not null,
  unique (account, provider)
);

-- Somebody on their way to the provider and back. What the browser holds is its key, and is not here.
create table access.provider_visit (
  veil text primary key,
  provider text not null,
  purpose text not null check (purpose in ('signIn', 'link', 'enrol')),
  account uuid references access."user" on delete cascade,
  invitation_veil text,
  name text,
  email text,
  begun_at timestamptz not null,
  expires_at timestamptz not null,
  check ((purpose = 'link') = (account is not null)),
  check ((purpose = 'enrol') = (invitation_veil is not null and name is not null and email is not null))
);
create index provider_visit_due on access.provider_visit (expires_at);

-- Codes of authenticator apps that have opened something: each does so once. They are kept while they would be accepted.
create table access.spent_code (
  account uuid not null references access."user" on delete cascade,
  veil text not null,
  spent_at timestamptz not null,
  primary key (account, veil)
);

alter table access.identity enable row level security;
alter table access.provider_visit enable row level security;
alter table access.spent_code enable row level security;
create policy identity_system on access.identity for all using (platform.is_system());
create policy identity_read on access.identity for select using (account = platform.account());
create policy identity_linked on access.identity for insert with check (account = platform.account());
create policy identity_dropped on access.identity for delete using (account = platform.account());
create policy provider_visit_all on access.provider_visit for all using (platform.is_system());
create policy spent_code_all on access.spent_code for all using (platform.is_system());
grant select, insert, update (is_strong), delete on access.identity to jikimi_app;
grant select, insert, delete on access.provider_visit to jikimi_app;
grant select, insert, delete on access.spent_code to jikimi_app;

alter table access.session drop constraint "session_secondFactor_check";
alter table access.session
  add check ("secondFactor" in ('totp', 'backupCode', 'passkey', 'provider'));

-- As before, and the ties to providers go too.
create or replace function access.unlock_account(reset uuid) returns setof uuid language plpgsql security definer set search_path = '' as $$
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
  delete from access.identity where account = whose;
  delete from access.provider_visit where account = whose;
  update access."user" set "twoFactorEnabled" = false where id = whose;
  update access.account set password = null where "userId" = whose and "providerId" = 'credential';
  delete from access.invitation where account = whose;
  return query delete from access.session where "userId" = whose returning id;
end $$;

-- Of the caller alone: whether a password opens their account. The hash itself is in nobody's reach.
create function access.has_password() returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from access.account
    where "userId" = platform.account() and "providerId" = 'credential' and password is not null)
$$;
revoke execute on function access.has_password() from public;
grant execute on function access.has_password() to jikimi_app;
