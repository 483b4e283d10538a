create schema access;
grant usage on schema access to jikimi_app;

-- The tables of better-auth 1.7, with its own names of columns; a test asks its generator what is missing.
-- It writes them as the owner; what the role jikimi_app may do with them is said below.
create table access."user" (
  id uuid primary key,
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null,
  image text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp,
  "twoFactorEnabled" boolean
);
-- A token here opens nothing by itself: the cookie also carries its signature under a key that is not here.
create table access.session (
  id uuid primary key,
  "expiresAt" timestamptz not null,
  token text not null unique,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" uuid not null references access."user" on delete cascade,
  "secondFactor" text check ("secondFactor" in ('totp', 'backupCode', 'passkey'))
);
create index "session_userId_idx" on access.session ("userId");
create table access.account (
  id uuid primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" uuid not null references access."user" on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null
);
create index "account_userId_idx" on access.account ("userId");
create table access.verification (
  id uuid primary key,
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp
);
create index verification_identifier_idx on access.verification (identifier);
create table access."twoFactor" (
  id uuid primary key,
  secret text not null,
  "backupCodes" text not null,
  "userId" uuid not null references access."user" on delete cascade,
  verified boolean,
  "failedVerificationCount" integer,
  "lockedUntil" timestamptz
);
create index "twoFactor_secret_idx" on access."twoFactor" (secret);
create index "twoFactor_userId_idx" on access."twoFactor" ("userId");
create table access.passkey (
  id uuid primary key,
  name text,
  "publicKey" text not null,
  "userId" uuid not null references access."user" on delete cascade,
  "credentialID" text not null,
  counter bigint not null,
  "deviceType" text not null,
  "backedUp" boolean not null,
  transports text,
  "createdAt" timestamptz,
  aaguid text
);
create index "passkey_userId_idx" on access.passkey ("userId");
create index "passkey_credentialID_idx" on access.passkey ("credentialID");

-- What an account is in this house.
create table access.member (
  account uuid primary key references access."user" on delete cascade,
  role text not null check (role in ('officer', 'leader', 'commander', 'counsellor', 'administrator')),
  officer uuid unique,
  agency text,
  is_active boolean not null default true,
  enrolled_at timestamptz not null,
  check (agency is not null or role in ('commander', 'administrator'))
);

-- One-time links. Of the token only its HMAC is kept; the row leaves with its use.
create table access.invitation (
  id uuid primary key,
  veil text not null unique,
  role text not null,
  name text not null,
  officer uuid,
  agency text,
  is_first boolean not null default false,
  expires_at timestamptz not null
);

-- Telecom operators that fetch the block lists. Of the token only its HMAC is kept.
create table access.subscriber (
  name text primary key,
  veil text not null unique,
  added_at timestamptz not null
);

alter table access."user" enable row level security;
alter table access.session enable row level security;
alter table access.account enable row level security;
alter table access.verification enable row level security;
alter table access."twoFactor" enable row level security;
alter table access.passkey enable row level security;
alter table access.member enable row level security;
alter table access.invitation enable row level security;
alter table access.subscriber enable row level security;

-- One sees oneself; the administrator sees accounts, never what opens them.
create policy user_read on access."user" for select
  using (platform.is_system() or platform.role() = 'administrator' or id = platform.account());
create policy user_added on access."user" for insert with check (platform.is_system());
create policy account_added on access.account for insert with check (platform.is_system());
create policy passkey_read on access.passkey for select
  using (platform.is_system() or platform.role() = 'administrator' or "userId" = platform.account());
create policy session_system on access.session for all using (platform.is_system());
create policy session_read on access.session for select
  using (platform.role() = 'administrator' or "userId" = platform.account());
create policy session_ended on access.session for delete
  using (platform.role() = 'administrator' or "userId" = platform.account());
create policy member_read on access.member for select
  using (platform.is_system() or platform.role() in ('administrator', 'commander') or account = platform.account());
create policy member_added on access.member for insert with check (platform.is_system());
create policy member_changed on access.member for update
  using (platform.is_system() or platform.role() in ('administrator', 'commander'));
create policy invitation_all on access.invitation for all
  using (platform.is_system() or platform.role() = 'administrator');
create policy subscriber_all on access.subscriber for all
  using (platform.is_system() or platform.role() = 'administrator');

grant select (id, name, email, "twoFactorEnabled"), insert on access."user" to jikimi_app;
grant insert on access.account to jikimi_app;
grant select (id, "userId") on access.passkey to jikimi_app;
grant select (id, "expiresAt", "createdAt", "updatedAt", "userAgent", "userId", "secondFactor") on access.session to jikimi_app;
grant update ("updatedAt", "secondFactor"), delete on access.session to jikimi_app;
grant select, insert, update (agency, is_active) on access.member to jikimi_app;
grant select, insert, delete on access.invitation to jikimi_app;
grant select, insert, delete on access.subscriber to jikimi_app;
