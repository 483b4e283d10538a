-- The mailbox of a report: sealed and opened by the browsers of the two sides. `team_sealed` holds the team's secret key,
-- sealed to the unit; the recipients are public halves. A report from before this has none until its receipt comes back.
alter table intake.report
  add column word_veil text,
  add column answers_recipient text,
  add column own_recipient text,
  add column team_recipient text,
  add column team_sealed text,
  add column story_letter text,
  add column returned_at timestamptz,
  add constraint report_mailbox_whole check (num_nulls(answers_recipient, own_recipient, team_recipient, team_sealed) in (0, 4)),
  add constraint report_word_needs_mailbox check (word_veil is null or own_recipient is not null);

alter table intake.message alter column text drop not null;
alter table intake.message
  add column letter text,
  add column key uuid,
  add constraint message_one_form check (num_nulls(text, letter) = 1),
  add constraint message_letter_has_key check (letter is null or key is not null);
create unique index message_of_key on intake.message (report_id, key) where key is not null;

-- Work that was shown once cannot be shown again.
alter table intake.receipt_attempt add column challenge text unique;

drop function intake.report_of_receipt(text);
create function intake.report_of_receipt(veil text)
returns table (report_id uuid, case_id uuid, has_word boolean, returned_at timestamptz)
language sql stable security definer set search_path = intake, pg_temp as $$
  select report.id, report.case_id, report.word_veil is not null, report.returned_at
  from intake.report where report.receipt_veil = veil
$$;
-- From now on the receipt is known to have been kept.
create function intake.note_return(wanted uuid, at timestamptz) returns void
language sql volatile security definer set search_path = intake, pg_temp as $$
  update intake.report set returned_at = at where id = wanted and report.returned_at is null
$$;
-- Whether there is a receipt whose digits, and not their token, must be sent.
create function intake.has_old_receipts() returns boolean
language sql stable security definer set search_path = intake, pg_temp as $$
  select exists (select from intake.report where team_recipient is null)
$$;
-- The holder of an old receipt gives the report its mailbox, once.
create function intake.furnish(wanted uuid, veil text, answers text, own text, team text, sealed text) returns boolean
language sql volatile security definer set search_path = intake, pg_temp as $$
  update intake.report set receipt_veil = veil, answers_recipient = answers, own_recipient = own,
    team_recipient = team, team_sealed = sealed
  where id = wanted and team_recipient is null and platform.kind() = 'reporter' and platform.report() = wanted
  returning true
$$;
-- Staff who see the report (asked by the caller before) give it a new receipt: the old one and its word open nothing more.
create function intake.renew_receipt(wanted uuid, veil text, answers text, own text) returns void
language sql volatile security definer set search_path = intake, pg_temp as $$
  update intake.report set receipt_veil = veil, word_veil = null, answers_recipient = answers, own_recipient = own,
    returned_at = null
  where id = wanted and team_recipient is not null and platform.is_staff()
$$;
revoke execute on function intake.report_of_receipt(text), intake.note_return(uuid, timestamptz), intake.has_old_receipts(),
  intake.furnish(uuid, text, text, text, text, text), intake.renew_receipt(uuid, text, text, text) from public;
grant execute on function intake.report_of_receipt(text), intake.note_return(uuid, timestamptz), intake.has_old_receipts(),
  intake.furnish(uuid, text, text, text, text, text), intake.renew_receipt(uuid, text, text, text) to jikimi_app;
alter policy attempt_made on intake.receipt_attempt
  using (platform.kind() in ('anonymous', 'reporter') or platform.is_system());
