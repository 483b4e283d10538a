create schema matching;
grant usage on schema matching to jikimi_app;

-- Fingerprints of intimate pictures are personal data: who may not see exhibits sees none of this.
create function matching.sees(wanted uuid) returns boolean language sql stable as $$
  select platform.is_system() or (platform.role() in ('officer', 'leader') and cases.sees(wanted))
$$;
grant execute on function matching.sees(uuid) to jikimi_app;

-- The bank of a case: what the victim's device made of the victim's files.
create table matching.banked (
  id uuid primary key,
  case_id uuid not null references cases.file,
  fingerprint_id uuid not null,
  kind text not null check (kind in ('picture', 'video')),
  profile text not null,
  made jsonb not null,
  banked_at timestamptz not null,
  unique (case_id, fingerprint_id)
);
create index banked_of_case on matching.banked (case_id, id);
create index banked_by_time on matching.banked (banked_at, id);

-- One capture looked through. The row stands before the work, so that a job that runs twice finds once.
create table matching.examination (
  exhibit_id uuid primary key references evidence.exhibit,
  case_id uuid not null references cases.file,
  address_id uuid not null references intake.address,
  state text not null check (state in ('queued', 'done')),
  media int,
  unreadable int,
  -- How many other cases hold something alike. A number only: never which.
  other_cases int,
  asked_at timestamptz not null,
  done_at timestamptz
);
create index examination_of_case on matching.examination (case_id, asked_at);

create table matching.match (
  id uuid primary key,
  case_id uuid not null references cases.file,
  address_id uuid not null references intake.address,
  exhibit_id uuid not null references evidence.exhibit,
  banked_id uuid references matching.banked,
  kind text not null check (kind in ('sure', 'near', 'nothingFound')),
  distance int,
  quality int,
  share real,
  turn text,
  at_ms int,
  profile text not null,
  state text not null check (state in ('pending', 'confirmed', 'refuted')),
  found_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  unique (case_id, address_id, exhibit_id),
  check ((kind = 'nothingFound') = (banked_id is null)),
  check ((state = 'pending') = (decided_at is null))
);
create index match_of_case on matching.match (case_id, id);
create index match_of_address on matching.match (address_id, state);
create index match_pending on matching.match (id) where state = 'pending';

alter table matching.banked enable row level security;
alter table matching.examination enable row level security;
alter table matching.match enable row level security;
create policy banked_read on matching.banked for select using (matching.sees(case_id));
create policy banked_added on matching.banked for insert with check (platform.is_system());
create policy examination_read on matching.examination for select using (matching.sees(case_id));
create policy examination_system on matching.examination for all using (platform.is_system());
create policy match_read on matching.match for select using (matching.sees(case_id));
create policy match_added on matching.match for insert with check (platform.is_system());
create policy match_decided on matching.match for update using (matching.sees(case_id)) with check (matching.sees(case_id));

grant select, insert on matching.banked, matching.examination, matching.match to jikimi_app;
grant update (state, media, unreadable, other_cases, done_at) on matching.examination to jikimi_app;
grant update (state, decided_at, decided_by) on matching.match to jikimi_app;
