-- Whether the bank that knows it calls it the same: by its own limits, as they stood when it was found.
alter table matching.match add column is_strong boolean;

-- Who else hears of the matches of some banks, and where to. One for each subscriber; it ends with the subscriber.
create table matching.feed (
  id uuid primary key,
  subscriber text not null unique references access.subscriber (name) on delete cascade,
  bank_ids uuid[] not null check (cardinality(bank_ids) between 1 and 50),
  webhook text check (length(webhook) <= 2000),
  -- Up to which line the webhook has taken.
  delivered bigint not null,
  failing_since timestamptz,
  made_at timestamptz not null
);

-- What subscribers read: no case, no address, no fingerprint, and nobody's name. Writers take turns until they have
-- committed, so that lines become visible in the order of their numbers: who asks for what came after the last
-- line he saw misses none.
create table matching.feed_line (
  number bigint generated always as identity primary key,
  bank_id uuid not null references matching.bank,
  match_id uuid not null,
  label text,
  distance int not null,
  is_strong boolean not null,
  decision text not null check (decision in ('pending', 'confirmed', 'refuted', 'reversed')),
  at timestamptz not null
);
create index feed_line_of_bank on matching.feed_line (bank_id, number);
create index feed_line_by_time on matching.feed_line (at);

alter table matching.feed enable row level security;
alter table matching.feed_line enable row level security;
create policy feed_kept on matching.feed for all
  using (platform.is_system() or platform.role() = 'administrator')
  with check (platform.is_system() or platform.role() = 'administrator');
create policy feed_line_read on matching.feed_line for select using (platform.is_system());
create policy feed_line_added on matching.feed_line for insert with check (matching.asks_banks());
create policy feed_line_forgotten on matching.feed_line for delete using (platform.is_system());
grant select, insert, delete on matching.feed to jikimi_app;
grant update (delivered, failing_since) on matching.feed to jikimi_app;
grant select, insert, delete on matching.feed_line to jikimi_app;
