-- A confirmed match that was found wrong later is taken back by a person, who says why. Who had confirmed it, and
-- when, stays beside it. The words are the case's: the log has the code alone.
alter table matching.match drop constraint match_state_check;
alter table matching.match add constraint match_state_check
  check (state in ('pending', 'confirmed', 'refuted', 'reversed'));
alter table matching.match add column reversed_at timestamptz;
alter table matching.match add column reversed_by uuid;
alter table matching.match add column reversed_for text
  check (reversed_for in ('anotherPerson', 'onlyAlike', 'byMistake', 'other'));
alter table matching.match add column reversed_words text check (length(reversed_words) between 1 and 1000);
alter table matching.match add constraint match_reversed
  check ((state = 'reversed') = (reversed_at is not null)
    and (state = 'reversed') = (reversed_by is not null)
    and (state = 'reversed') = (reversed_for is not null)
    and (state = 'reversed' or reversed_words is null));
grant update (reversed_at, reversed_by, reversed_for, reversed_words) on matching.match to jikimi_app;
create index match_of_banked on matching.match (banked_id) where banked_id is not null;
