create schema takedown;
grant usage on schema takedown to jikimi_app;

-- The directory: who can be asked, and how. No case, no person: every member of staff reads it.
create table takedown.provider (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  kind text not null,
  country text check (country ~ '^[A-Z]{2}$'),
  added_at timestamptz not null
);
create table takedown.provider_domain (
  domain text primary key check (domain = lower(domain) and length(domain) between 1 and 253),
  provider_id uuid not null references takedown.provider on delete cascade
);
create index provider_domain_of on takedown.provider_domain (provider_id);
create table takedown.channel (
  id uuid primary key,
  provider_id uuid not null references takedown.provider on delete cascade,
  type text not null check (type in ('mail', 'form', 'letter')),
  address text not null,
  language text not null check (language in ('ko', 'en', 'both')),
  source text not null check (source in ('directory', 'rdap')),
  is_active boolean not null default true,
  bounced_at timestamptz,
  added_at timestamptz not null,
  unique (provider_id, type, address)
);
create index channel_by_address on takedown.channel (type, address);

-- One address with the victim's material. `state` changes by the table in states.ts and in no other way.
create table takedown.target (
  id uuid primary key,
  case_id uuid not null references cases.file,
  address_id uuid not null,
  canonical text not null,
  host text not null,
  basis text not null,
  item_type text not null,
  state text not null,
  attention text,
  verdict text,
  provider_id uuid references takedown.provider,
  channel_id uuid references takedown.channel,
  regime text,
  rung integer not null default 0 check (rung between 0 and 7),
  round integer not null default 1 check (round >= 1),
  reminder integer not null default 0 check (reminder >= 0),
  opened_at timestamptz not null,
  noticed_at timestamptz,
  clock_ends_at timestamptz,
  first_down_at timestamptz,
  first_down_vantage text,
  verified_at timestamptz,
  spent_at timestamptz,
  has_seen_media boolean not null default false,
  -- SHA-256 of files that were recognised here: the next look need not compare them by content again.
  known_sha256 text[] not null default '{}',
  -- When the schedule of looks began, when the next one is, and when the ladder moves.
  watched_from timestamptz not null,
  looks integer not null default 0,
  recheck_at timestamptz,
  act_at timestamptz,
  unique (case_id, address_id)
);
create index target_to_recheck on takedown.target (recheck_at) where recheck_at is not null;
create index target_to_act on takedown.target (act_at) where act_at is not null;
create index target_by_state on takedown.target (state, id);

-- One letter. The key keeps it from being written twice: same target, channel, rung, round and reminder.
create table takedown.notice (
  id uuid primary key,
  case_id uuid not null,
  target_id uuid not null references takedown.target,
  channel_id uuid not null references takedown.channel,
  rung integer not null,
  round integer not null,
  reminder integer not null,
  addressee text not null check (addressee in ('operator', 'host', 'regulator')),
  regime text not null,
  language text not null,
  state text not null,
  to_address text not null,
  subject text not null,
  text text not null,
  reply_token text not null unique,
  queued_at timestamptz not null,
  retry_at timestamptz,
  sent_at timestamptz,
  due_at timestamptz,
  unique (target_id, channel_id, rung, round, reminder)
);
create index notice_to_retry on takedown.notice (retry_at) where retry_at is not null;

create table takedown.reply (
  id uuid primary key,
  case_id uuid not null,
  target_id uuid not null references takedown.target,
  notice_id uuid not null references takedown.notice,
  kind text not null,
  text text not null check (length(text) <= 20000),
  sha256 text not null,
  received_at timestamptz not null,
  unique (notice_id, sha256)
);
create index reply_of_target on takedown.reply (target_id, id);

create table takedown.recheck (
  id uuid primary key,
  case_id uuid not null,
  target_id uuid not null references takedown.target,
  at timestamptz not null,
  verdict text not null,
  is_sure boolean not null,
  status integer,
  vantage text not null,
  media_seen integer not null default 0,
  distance integer
);
create index recheck_of_target on takedown.recheck (target_id, id);

create trigger reply_is_kept before update on takedown.reply for each row execute function platform.refuse_change();
create trigger recheck_is_kept before update on takedown.recheck for each row execute function platform.refuse_change();

alter table takedown.provider enable row level security;
alter table takedown.provider_domain enable row level security;
alter table takedown.channel enable row level security;
alter table takedown.target enable row level security;
alter table takedown.notice enable row level security;
alter table takedown.reply enable row level security;
alter table takedown.recheck enable row level security;

create function takedown.keeps_directory() returns boolean language sql stable as $$
  select platform.is_system() or (platform.is_staff() and platform.role() in ('officer', 'leader', 'administrator'))
$$;
grant execute on function takedown.keeps_directory() to jikimi_app;

create policy provider_read on takedown.provider for select using (platform.is_system() or platform.is_staff());
create policy provider_kept on takedown.provider for all using (takedown.keeps_directory());
create policy provider_domain_read on takedown.provider_domain for select using (platform.is_system() or platform.is_staff());
create policy provider_domain_kept on takedown.provider_domain for all using (takedown.keeps_directory());
create policy channel_read on takedown.channel for select using (platform.is_system() or platform.is_staff());
create policy channel_kept on takedown.channel for all using (takedown.keeps_directory());
create policy target_of_case on takedown.target for all using (cases.sees(case_id));
create policy notice_of_case on takedown.notice for all using (cases.sees(case_id));
create policy reply_of_case on takedown.reply for all using (cases.sees(case_id));
create policy recheck_of_case on takedown.recheck for all using (cases.sees(case_id));

grant select, insert, update on takedown.provider, takedown.channel, takedown.target, takedown.notice to jikimi_app;
grant select, insert, delete on takedown.provider_domain to jikimi_app;
grant select, insert on takedown.reply, takedown.recheck to jikimi_app;
