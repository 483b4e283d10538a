create schema intake;
grant usage on schema intake to jikimi_app;

-- What a victim or bystander has told us. `story` and `contact_*` are personal data: they stand here and nowhere else.
create table intake.report (
  id uuid primary key,
  filed_at timestamptz not null,
  -- HMAC of the receipt and of the portal's key for this filing: found again, never read.
  receipt_veil text not null unique,
  key_veil text not null unique,
  form_veil text not null,
  language text not null check (language in ('ko', 'en')),
  concern text not null,
  relation text not null,
  age_under_18 boolean,
  region text,
  story text not null,
  wants_woman boolean not null,
  contact_way text not null,
  contact_value text,
  contact_note text,
  -- Set by the cases room, which stands above: what the reporter is told of it.
  case_id uuid unique,
  case_state text not null default 'received' check (case_state in ('received', 'working', 'closed')),
  officer_is_woman boolean
);

create table intake.address (
  id uuid primary key,
  report_id uuid not null references intake.report,
  typed text not null,
  canonical text not null,
  host text not null,
  source text not null check (source in ('reported', 'found')),
  -- Place in the list that was filed, or null where the address was named later.
  place int,
  added_at timestamptz not null,
  unique (report_id, canonical)
);

-- What was given as an address and could not be read as one: an officer looks at it.
create table intake.unreadable (
  position bigserial primary key,
  report_id uuid not null references intake.report,
  text text not null,
  code text not null,
  place int,
  added_at timestamptz not null
);
create index unreadable_of_report on intake.unreadable (report_id, position);

create table intake.fingerprint (
  id uuid primary key,
  report_id uuid not null references intake.report,
  kind text not null check (kind in ('picture', 'video')),
  made jsonb not null
);
create index fingerprint_of_report on intake.fingerprint (report_id, id);

-- What happened to an address, in the victim's words; the newest line is what is so now.
create table intake.step (
  position bigserial primary key,
  address_id uuid not null references intake.address,
  report_id uuid not null references intake.report,
  step text not null,
  at timestamptz not null
);
create index step_of_address on intake.step (address_id, position);
create index step_of_report on intake.step (report_id, position);

create table intake.message (
  id uuid primary key,
  report_id uuid not null references intake.report,
  sender text not null check (sender in ('reporter', 'officer', 'counsellor')),
  account_id uuid,
  text text not null,
  written_at timestamptz not null,
  read_at timestamptz
);
create index message_of_report on intake.message (report_id, id);
create index message_unread on intake.message (report_id) where read_at is null;

-- Receipts that were entered, so that nobody tries them one after the other. `client` is an HMAC of the
-- network address; rows are gone after a day.
create table intake.receipt_attempt (
  position bigserial primary key,
  client text not null,
  at timestamptz not null,
  is_known boolean not null
);
create index attempt_by_client on intake.receipt_attempt (client, at) where not is_known;
create index attempt_by_time on intake.receipt_attempt (at);

-- Who opened a report, by the hour: one entry in the log for each.
create table intake.reading (
  account_id uuid not null,
  report_id uuid not null references intake.report,
  hour timestamptz not null,
  primary key (account_id, report_id, hour)
);

create trigger step_is_kept before update or delete on intake.step for each row execute function platform.refuse_change();
create trigger address_is_kept before update or delete on intake.address for each row execute function platform.refuse_change();

alter table intake.report enable row level security;
alter table intake.address enable row level security;
alter table intake.unreadable enable row level security;
alter table intake.fingerprint enable row level security;
alter table intake.step enable row level security;
alter table intake.message enable row level security;
alter table intake.receipt_attempt enable row level security;
alter table intake.reading enable row level security;

-- The holder of the receipt sees one report; what staff see of it is said by the cases room, by need to know.
create policy report_system on intake.report for all using (platform.is_system());
create policy report_read on intake.report for select using (platform.kind() = 'reporter' and id = platform.report());
create policy report_filed on intake.report for insert with check (platform.kind() = 'reporter' and id = platform.report());

-- Whoever sees the report: its own row-level security decides.
create function intake.sees(wanted uuid) returns boolean language sql stable as $$
  select platform.is_system() or exists (select from intake.report where id = wanted)
$$;
grant execute on function intake.sees(uuid) to jikimi_app;

create policy address_read on intake.address for select using (intake.sees(report_id));
create policy address_added on intake.address for insert with check (intake.sees(report_id));
create policy unreadable_read on intake.unreadable for select using (intake.sees(report_id));
create policy unreadable_added on intake.unreadable for insert with check (intake.sees(report_id));
create policy fingerprint_read on intake.fingerprint for select using (intake.sees(report_id));
create policy fingerprint_added on intake.fingerprint for insert with check (intake.sees(report_id));
create policy step_read on intake.step for select using (intake.sees(report_id));
create policy step_added on intake.step for insert with check (intake.sees(report_id));
create policy message_read on intake.message for select using (intake.sees(report_id));
-- Nobody writes in another side's name.
create policy message_written on intake.message for insert with check (intake.sees(report_id) and case platform.kind()
  when 'reporter' then sender = 'reporter' and account_id is null
  when 'staff' then sender <> 'reporter' and account_id = platform.account()
  else false end);
create policy message_marked on intake.message for update using (intake.sees(report_id)) with check (intake.sees(report_id));
create policy attempt_made on intake.receipt_attempt for all using (platform.kind() = 'anonymous' or platform.is_system());
create policy reading_noted on intake.reading for insert with check (account_id = platform.account() and intake.sees(report_id));
create policy reading_read on intake.reading for select using (account_id = platform.account());

grant select, insert on intake.report, intake.address, intake.unreadable, intake.fingerprint, intake.step, intake.message, intake.reading to jikimi_app;
grant update (case_id, case_state, officer_is_woman) on intake.report to jikimi_app;
grant update (read_at) on intake.message to jikimi_app;
grant select, insert, delete on intake.receipt_attempt to jikimi_app;
grant usage on sequence intake.step_position_seq, intake.unreadable_position_seq, intake.receipt_attempt_position_seq to jikimi_app;

-- Who knows a receipt may have its report's id; who knows the key of a filing, whether it was filed. Nothing more.
create function intake.report_of_receipt(veil text) returns table (report_id uuid, case_id uuid)
language sql stable security definer set search_path = intake, pg_temp as $$
  select report.id, report.case_id from intake.report where report.receipt_veil = veil
$$;
create function intake.filing_of_key(veil text) returns table (report_id uuid, form_veil text)
language sql stable security definer set search_path = intake, pg_temp as $$
  select report.id, report.form_veil from intake.report where report.key_veil = veil
$$;
revoke execute on function intake.report_of_receipt(text), intake.filing_of_key(text) from public;
grant execute on function intake.report_of_receipt(text), intake.filing_of_key(text) to jikimi_app;
