-- A session that is locked answers nothing until its person has signed in again; better-auth reads the column.
alter table access.session add column "lockedAt" timestamptz;
grant select ("lockedAt"), update ("lockedAt") on access.session to jikimi_app;
create policy session_locked on access.session for update
  using ("userId" = platform.account()) with check ("userId" = platform.account());
-- Beside the system, one's own session is locked and nothing else of it changed.
create function access.hold_session() returns trigger language plpgsql as $$
begin
  if platform.kind() = 'staff' and (new."lockedAt" is null or (new."updatedAt", new."secondFactor")
      is distinct from (old."updatedAt", old."secondFactor")) then
    raise exception 'a session is only locked by its owner' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
grant execute on function access.hold_session() to jikimi_app;
create trigger session_is_held before update on access.session for each row execute function access.hold_session();
