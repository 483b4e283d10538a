-- A reported fingerprint is sealed before it reaches a disk. Rows from before this stand in `made` until the clock
-- `intake/keep` has sealed them; then that column is empty for good.
alter table intake.fingerprint add column sealed bytea;
alter table intake.fingerprint alter column made drop not null;
alter table intake.fingerprint add constraint fingerprint_one_form check ((made is null) <> (sealed is null));
create index fingerprint_unsealed on intake.fingerprint (id) where sealed is null;
create policy fingerprint_sealed on intake.fingerprint for update using (platform.is_system()) with check (platform.is_system());
grant update (made, sealed) on intake.fingerprint to jikimi_app;
