create schema evidence;
grant usage on schema evidence to jikimi_app;

-- Evidence is for those who investigate; a counsellor sees the case, not what was captured.
create function evidence.sees(wanted uuid) returns boolean language sql stable as $$
  select platform.is_system() or (platform.role() in ('officer', 'leader') and cases.sees(wanted))
$$;
grant execute on function evidence.sees(uuid) to jikimi_app;

-- One look at an address. The row stands before the browser starts, so that a job that runs twice captures once.
create table evidence.capture (
  id uuid primary key,
  case_id uuid not null references cases.file,
  address_id uuid not null references intake.address,
  state text not null check (state in ('queued', 'running', 'sealed', 'failed')),
  fault text,
  asked_at timestamptz not null,
  begun_at timestamptz,
  finished_at timestamptz,
  check ((state = 'failed') = (fault is not null)),
  check ((state in ('sealed', 'failed')) = (finished_at is not null))
);
create index capture_of_case on evidence.capture (case_id, id);
create unique index capture_under_way on evidence.capture (address_id) where state in ('queued', 'running');

-- One sealed piece. `plain_sha256` and `salt` open the commitment that stands in the log; the log itself never
-- holds a hash that a list of known hashes could be laid against.
create table evidence.exhibit (
  id uuid primary key,
  capture_id uuid not null references evidence.capture,
  case_id uuid not null references cases.file,
  address_id uuid not null references intake.address,
  kind text not null check (kind in ('archive', 'picture', 'media')),
  place int not null check (place >= 0),
  url text,
  content_type text not null,
  size bigint not null check (size >= 0),
  plain_sha256 bytea not null check (length(plain_sha256) = 32),
  salt bytea not null check (length(salt) = 32),
  sealed_sha256 text not null check (sealed_sha256 ~ '^[0-9a-f]{64}$'),
  sealed_size bigint not null check (sealed_size > 0),
  tools jsonb not null,
  sealed_at timestamptz not null,
  unique (capture_id, kind, place)
);
create index exhibit_of_case on evidence.exhibit (case_id, id);
create index exhibit_of_address on evidence.exhibit (address_id, id);

create trigger exhibit_is_kept before update or delete on evidence.exhibit for each row execute function platform.refuse_change();

alter table evidence.capture enable row level security;
alter table evidence.exhibit enable row level security;
create policy capture_seen on evidence.capture for all using (evidence.sees(case_id)) with check (evidence.sees(case_id));
create policy exhibit_read on evidence.exhibit for select using (evidence.sees(case_id));
create policy exhibit_added on evidence.exhibit for insert with check (platform.is_system());

grant select, insert on evidence.capture, evidence.exhibit to jikimi_app;
grant update (state, fault, begun_at, finished_at) on evidence.capture to jikimi_app;
