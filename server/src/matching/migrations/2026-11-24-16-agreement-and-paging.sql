-- What a bank of no case knows was reported by nobody here. Before such a match acts, two people say that it is the
-- same: the first is noted beside the match, which stays pending until the second has decided.
alter table matching.match add column agreed_by uuid;
alter table matching.match add column agreed_at timestamptz;
alter table matching.match add constraint match_agreed check ((agreed_by is null) = (agreed_at is null));
alter table matching.match add constraint match_agreed_by_another
  check (agreed_by is null or state <> 'confirmed' or (kind = 'listed' and decided_by <> agreed_by));
grant update (agreed_by, agreed_at) on matching.match to jikimi_app;

-- The index in memory reads a bank's changes page by page. The old index served that only where statistics said so,
-- which an embedded database never gathers: each page then walked the whole bank.
drop index matching.entry_by_change;
create index entry_by_change on matching.entry (bank_id, change, id) where algorithm in ('pdq', 'vpdq');
