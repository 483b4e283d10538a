-- The role that every transaction takes on. It owns nothing and cannot bypass row-level security.
do $$
begin
  if not exists (select from pg_roles where rolname = 'jikimi_app') then
    create role jikimi_app nologin nosuperuser nobypassrls nocreatedb nocreaterole;
  end if;
exception when duplicate_object then null;  -- another database of the same cluster was faster
end $$;

do $$ begin execute format('grant jikimi_app to %I', current_user); end $$;

grant usage on schema platform to jikimi_app;

-- Who is asking, as `platform/database.ts` set it for this transaction.
create function platform.kind() returns text language sql stable as $$ select current_setting('jikimi.kind', true) $$;
create function platform.role() returns text language sql stable as $$ select current_setting('jikimi.role', true) $$;
create function platform.agency() returns text language sql stable as $$ select nullif(current_setting('jikimi.agency', true), '') $$;
create function platform.account() returns uuid language sql stable as $$ select nullif(current_setting('jikimi.account', true), '')::uuid $$;
create function platform.officer() returns uuid language sql stable as $$ select nullif(current_setting('jikimi.officer', true), '')::uuid $$;
create function platform.report() returns uuid language sql stable as $$ select nullif(current_setting('jikimi.report', true), '')::uuid $$;
create function platform.is_system() returns boolean language sql stable as $$ select current_setting('jikimi.kind', true) = 'system' $$;
create function platform.is_staff() returns boolean language sql stable as $$ select current_setting('jikimi.kind', true) = 'staff' $$;
grant execute on all functions in schema platform to jikimi_app;

-- Rows of an append-only table are never changed and never leave.
create function platform.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of %.% are only added', tg_table_schema, tg_table_name using errcode = 'restrict_violation';
end $$;
grant execute on function platform.refuse_change() to jikimi_app;

-- Public halves of the installation's keys: a process with other keys is refused at its start.
create table platform.installation (
  only_row boolean primary key check (only_row),
  unit_recipient text not null,
  log_verifier text not null
);
