-- A case's fingerprints are sealed before they reach a disk. Rows from before this stand in `made` until the
-- clock `matching/keep` has sealed them; then that column is empty for good.
alter table matching.banked add column sealed bytea;
alter table matching.banked alter column made drop not null;
alter table matching.banked add constraint banked_one_form check ((made is null) <> (sealed is null));
create index banked_unsealed on matching.banked (id) where sealed is null;
create policy banked_sealed on matching.banked for update using (platform.is_system()) with check (platform.is_system());
grant update (made, sealed) on matching.banked to jikimi_app;

-- Banks and their entries belong to no case. Who keeps them never sees what is in them.
create function matching.keeps_banks() returns boolean language sql stable as $$
  select platform.is_system() or platform.role() in ('leader', 'administrator')
$$;
-- Whose look-ups are answered, and who sees the name of a bank that has hit.
create function matching.asks_banks() returns boolean language sql stable as $$
  select matching.keeps_banks() or platform.role() = 'officer'
$$;
grant execute on function matching.keeps_banks(), matching.asks_banks() to jikimi_app;

create table matching.bank (
  id uuid primary key,
  name text not null unique,
  kind text not null check (kind in ('national', 'partner', 'list')),
  source text not null,
  is_enabled boolean not null,
  -- Bits. An index answers exactly up to 63.
  match_max int not null,
  review_max int not null,
  -- Counts the changes of its entries. Who changes one takes the row's lock and the next number, so that numbers
  -- become visible in their order: a reader who asks for what came after the last one he saw misses none.
  change bigint not null,
  made_at timestamptz not null,
  check (0 <= match_max and match_max <= review_max and review_max <= 63)
);

create table matching.entry (
  id uuid primary key,
  -- What the index in memory knows it by: 64 bits instead of 128.
  number bigint generated always as identity unique,
  bank_id uuid not null references matching.bank,
  algorithm text not null check (algorithm in ('pdq', 'vpdq', 'md5', 'sha1', 'sha256')),
  -- HMAC of the value: equal values are found, none is read.
  veil bytea not null,
  label text,
  source text,
  opinion text not null check (opinion in ('unstated', 'confirmed', 'disputed')),
  confidence int check (confidence between 0 and 100),
  change bigint not null,
  added_at timestamptz not null,
  expires_at timestamptz,
  -- The tombstone. It stays, so that the next list does not bring the value back.
  withdrawn_at timestamptz,
  unique (bank_id, algorithm, veil)
);
create index entry_by_change on matching.entry (bank_id, change, id);
create index entry_by_veil on matching.entry (veil);
create index entry_by_expiry on matching.entry (expires_at) where expires_at is not null and withdrawn_at is null;

-- What is compared by likeness, sealed, apart from what is known about it: read by the product alone. Of a digest
-- there is no such row. Values of withdrawn and expired entries are destroyed by the clock `matching/keep`.
create table matching.entry_value (
  entry_id uuid primary key references matching.entry,
  sealed bytea not null
);

-- How often a bank has hit, by distance (0 for a digest). No case, no entry: a count only.
create table matching.tally (
  bank_id uuid not null references matching.bank,
  distance int not null check (distance between 0 and 256),
  asked int not null default 0,
  found int not null default 0,
  confirmed int not null default 0,
  reversed int not null default 0,
  primary key (bank_id, distance)
);

-- Look-ups of an account, by the minute: beyond a number of them it waits.
create table matching.lookup (
  account_id uuid not null,
  minute timestamptz not null,
  asked int not null,
  primary key (account_id, minute)
);
create index lookup_by_minute on matching.lookup (minute);

alter table matching.match drop constraint match_kind_check;
alter table matching.match drop constraint match_check;
alter table matching.match add column bank_id uuid references matching.bank;
alter table matching.match add column entry_id uuid references matching.entry;
-- In which form of the found picture it was recognised: turn, window, and so on.
alter table matching.match add column explanation jsonb;
alter table matching.match add constraint match_kind_check check (kind in ('sure', 'near', 'listed', 'nothingFound'));
alter table matching.match add constraint match_by_fingerprint check ((kind in ('sure', 'near')) = (banked_id is not null));
alter table matching.match add constraint match_by_entry check ((kind = 'listed') = (bank_id is not null and entry_id is not null));

alter table matching.bank enable row level security;
alter table matching.entry enable row level security;
alter table matching.entry_value enable row level security;
alter table matching.tally enable row level security;
alter table matching.lookup enable row level security;
create policy bank_read on matching.bank for select using (matching.asks_banks());
create policy bank_added on matching.bank for insert with check (matching.keeps_banks());
create policy bank_changed on matching.bank for update using (matching.keeps_banks()) with check (matching.keeps_banks());
create policy entry_read on matching.entry for select using (matching.asks_banks());
create policy entry_added on matching.entry for insert with check (matching.keeps_banks());
create policy entry_changed on matching.entry for update using (matching.keeps_banks()) with check (matching.keeps_banks());
create policy value_of_system on matching.entry_value for all using (platform.is_system()) with check (platform.is_system());
create policy value_added on matching.entry_value for insert with check (matching.keeps_banks());
create policy tally_all on matching.tally for all using (matching.asks_banks()) with check (matching.asks_banks());
create policy lookup_own on matching.lookup for all
  using (platform.is_system() or account_id = platform.account())
  with check (account_id = platform.account());

grant select, insert on matching.bank, matching.entry, matching.entry_value, matching.tally, matching.lookup to jikimi_app;
grant update (name, source, is_enabled, match_max, review_max, change) on matching.bank to jikimi_app;
grant update (change, withdrawn_at) on matching.entry to jikimi_app;
grant update (asked, found, confirmed, reversed) on matching.tally to jikimi_app;
grant update (asked) on matching.lookup to jikimi_app;
grant delete on matching.entry_value, matching.lookup to jikimi_app;
