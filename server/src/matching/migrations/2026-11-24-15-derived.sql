-- A copy that was confirmed and lies sealed in evidence is banked too: the copies made from it are found by it.
-- Such a row names the exhibit and the match that it comes from, where others name what the victim's device sent.
alter table matching.banked alter column fingerprint_id drop not null;
alter table matching.banked add column exhibit_id uuid references evidence.exhibit;
alter table matching.banked add column match_id uuid references matching.match;
alter table matching.banked add column features bytea;
-- A match that was found by the row may outlive what the row held.
alter table matching.banked add column withdrawn_at timestamptz;
alter table matching.banked add constraint banked_once_an_exhibit unique (case_id, exhibit_id);
alter table matching.banked add constraint banked_one_source
  check ((fingerprint_id is null) <> (exhibit_id is null) and (exhibit_id is null) = (match_id is null));
alter table matching.banked drop constraint banked_one_form;
alter table matching.banked add constraint banked_one_form check (case when withdrawn_at is null
  then (made is null) <> (sealed is null)
  else made is null and sealed is null and features is null end);
drop index matching.banked_unsealed;
create index banked_unsealed on matching.banked (id) where sealed is null and withdrawn_at is null;
create index banked_of_match on matching.banked (match_id) where match_id is not null;
-- Who says that a match is another's empties what was banked of it, and can change nothing else.
create policy banked_withdrawn on matching.banked for update using (matching.sees(case_id))
  with check (matching.sees(case_id) and withdrawn_at is not null);
grant update (features, withdrawn_at) on matching.banked to jikimi_app;
