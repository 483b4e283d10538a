create schema blocking;
grant usage on schema blocking to jikimi_app;

-- One wish to have an address blocked: proposed by the procedure, requested by one person, approved by another.
create table blocking.block_order (
  id uuid primary key,
  case_id uuid not null references cases.file,
  target_id uuid not null,
  address_id uuid not null,
  canonical text not null,
  host text not null,
  state text not null check (state in ('proposed', 'requested', 'approved', 'published', 'refused', 'lifted', 'expired')),
  scope text not null check (scope in ('host', 'address')),
  basis text,
  proposed_at timestamptz not null,
  requested_by uuid,
  requested_at timestamptz,
  approved_by uuid,
  approved_at timestamptz,
  published_at timestamptz,
  expires_at timestamptz,
  ended_at timestamptz,
  end_reason text,
  constraint two_persons check (approved_by is null or (requested_by is not null and approved_by <> requested_by)),
  check ((requested_by is null) = (requested_at is null)),
  check ((approved_by is null) = (approved_at is null)),
  check (state not in ('requested', 'approved', 'published') or (requested_by is not null and basis is not null)),
  check (state not in ('approved', 'published') or (approved_by is not null and expires_at is not null)),
  check ((state in ('refused', 'lifted', 'expired')) = (ended_at is not null and end_reason is not null))
);
-- One order at a time for a target: proposing twice proposes once.
create unique index block_order_live on blocking.block_order (target_id) where state in ('proposed', 'requested', 'approved', 'published');
create index block_order_of_case on blocking.block_order (case_id, id);
create index block_order_in_force on blocking.block_order (expires_at) where state in ('approved', 'published');

-- Who requests and who approves is who asks, for no one can sign in another's name. The product itself does neither.
create function blocking.hold_persons() returns trigger language plpgsql as $$
begin
  if new.requested_by is not null and new.requested_by is distinct from old.requested_by
     and new.requested_by is distinct from platform.account() then
    raise exception 'a block order is requested in one''s own name' using errcode = 'insufficient_privilege';
  end if;
  if new.approved_by is not null and new.approved_by is distinct from old.approved_by
     and new.approved_by is distinct from platform.account() then
    raise exception 'a block order is approved in one''s own name' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create function blocking.refuse_decided() returns trigger language plpgsql as $$
begin
  if new.requested_by is not null or new.approved_by is not null then
    raise exception 'a block order begins undecided' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
grant execute on all functions in schema blocking to jikimi_app;
create trigger block_order_own_name before update on blocking.block_order for each row execute function blocking.hold_persons();
create trigger block_order_undecided before insert on blocking.block_order for each row execute function blocking.refuse_decided();

-- What went out, and when. The lists themselves lie beside: staff see counts, subscribers the lists.
create table blocking.publication (
  id uuid primary key,
  serial bigint not null unique check (serial between 1 and 4294967295),
  at timestamptz not null,
  names int not null,
  addresses int not null,
  added int not null,
  removed int not null,
  -- SHA-256 of what is listed, without the serial: equal lists are not published twice.
  content_sha256 text not null,
  zone_sha256 text not null,
  hashes_sha256 text not null
);
create table blocking.compiled (
  publication_id uuid primary key references blocking.publication,
  zone text not null,
  -- Sorted SHA-256 of the listed expressions, 32 bytes each, without anything between.
  hashes bytea not null check (length(hashes) % 32 = 0)
);
-- A list that differs from the one before by more than a day's work: goes out when a person has looked at it.
create table blocking.hold (
  id uuid primary key,
  at timestamptz not null,
  content_sha256 text not null unique,
  added int not null,
  removed int not null,
  released_by uuid,
  released_at timestamptz,
  check ((released_by is null) = (released_at is null))
);

create trigger publication_is_kept before update or delete on blocking.publication for each row execute function platform.refuse_change();

alter table blocking.block_order enable row level security;
alter table blocking.publication enable row level security;
alter table blocking.compiled enable row level security;
alter table blocking.hold enable row level security;

create policy block_order_of_case on blocking.block_order for all using (cases.sees(case_id)) with check (cases.sees(case_id));
create policy publication_made on blocking.publication for insert with check (platform.is_system());
create policy publication_read on blocking.publication for select
  using (platform.is_system() or platform.is_staff() or platform.kind() = 'subscriber');
create policy compiled_kept on blocking.compiled for all using (platform.is_system());
create policy compiled_read on blocking.compiled for select using (platform.kind() = 'subscriber');
create policy hold_kept on blocking.hold for all using (platform.is_system());
create policy hold_read on blocking.hold for select using (platform.is_staff());
create policy hold_released on blocking.hold for update using (platform.is_staff())
  with check (platform.is_staff() and released_by = platform.account());

grant select, insert, update on blocking.block_order, blocking.hold to jikimi_app;
grant select, insert on blocking.publication to jikimi_app;
-- Lists of the past are not kept: they name what has been taken down since.
grant select, insert, delete on blocking.compiled to jikimi_app;
