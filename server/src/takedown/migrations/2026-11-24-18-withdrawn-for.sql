-- What was withdrawn since its match was wrong opens again when another match on its address is confirmed; what the
-- victim wants no more of does not.
alter table takedown.target add column withdrawn_for text;
-- Rounds that began so, and not since the material was back: its notices must not say that it had been gone.
alter table takedown.target add column reopened integer not null default 0 check (reopened >= 0);
