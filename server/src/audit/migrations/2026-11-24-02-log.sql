create schema audit;
grant usage on schema audit to jikimi_app;

-- What was done, by whom, when and why: ids and codes, no personal data. `body` is the very text that is hashed.
create table audit.entry (
  id uuid primary key,
  at timestamptz not null,
  kind text not null,
  case_id uuid,
  body text not null
);
create index entry_of_case on audit.entry (case_id, at, id);
create index entry_by_time on audit.entry (at, id);

-- Entries that are committed and not yet in the tree.
create table audit.waiting (entry_id uuid primary key references audit.entry, position bigserial);

-- The tree (RFC 6962): one leaf an entry, in the order in which the sequencer took them.
create table audit.leaf (
  tree_index bigint primary key check (tree_index >= 0),
  entry_id uuid not null unique references audit.entry,
  leaf_hash bytea not null check (length(leaf_hash) = 32)
);
-- The root over each 256 leaves, so that a proof reads two tiles of leaves and not all of them.
create table audit.tile (
  tile_index bigint primary key check (tile_index >= 0),
  root bytea not null check (length(root) = 32)
);
create table audit.checkpoint (
  size bigint primary key check (size > 0),
  note text not null,
  at timestamptz not null
);
-- The right edge of the tree, so that one more leaf costs no re-reading. Can be computed anew from the leaves.
create table audit.edge (only_row boolean primary key check (only_row), size bigint not null, hashes text not null);

create trigger entry_is_kept before update or delete on audit.entry for each row execute function platform.refuse_change();
create trigger leaf_is_kept before update or delete on audit.leaf for each row execute function platform.refuse_change();
create trigger tile_is_kept before update or delete on audit.tile for each row execute function platform.refuse_change();
create trigger checkpoint_is_kept before update or delete on audit.checkpoint for each row execute function platform.refuse_change();

alter table audit.entry enable row level security;
alter table audit.waiting enable row level security;
alter table audit.leaf enable row level security;
alter table audit.tile enable row level security;
alter table audit.checkpoint enable row level security;
alter table audit.edge enable row level security;

-- Anyone's act is recorded; who may read of a case is said by the case's room (cases/migrations).
create policy entry_added on audit.entry for insert with check (true);
create policy entry_read on audit.entry for select
  using (platform.is_system() or (platform.role() = 'administrator' and case_id is null));
create policy waiting_added on audit.waiting for insert with check (true);
create policy waiting_taken on audit.waiting for all using (platform.is_system());
create policy leaf_system on audit.leaf for all using (platform.is_system());
create policy leaf_read on audit.leaf for select using (platform.is_staff());
create policy waiting_counted on audit.waiting for select using (platform.is_staff());
create policy tile_system on audit.tile for all using (platform.is_system());
create policy tile_read on audit.tile for select using (platform.is_staff());
create policy checkpoint_system on audit.checkpoint for all using (platform.is_system());
create policy checkpoint_read on audit.checkpoint for select using (platform.is_staff());
create policy edge_system on audit.edge for all using (platform.is_system());

grant select, insert on audit.entry, audit.leaf, audit.tile, audit.checkpoint to jikimi_app;
grant select, insert, delete on audit.waiting to jikimi_app;
grant usage on sequence audit.waiting_position_seq to jikimi_app;
grant select, insert, update on audit.edge to jikimi_app;
