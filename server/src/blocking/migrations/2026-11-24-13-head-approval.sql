-- A team of one has nobody who could approve what its officer requests: there the head office's commander does.
alter table blocking.block_order
  add column approver text not null default 'agency' check (approver in ('agency', 'head')),
  -- As the case said when the block was requested: the commander, who sees no case, approves for as long as it asks.
  add column is_minor boolean not null default false;
update blocking.block_order o set is_minor = f.is_minor from cases.file f where f.id = o.case_id;

-- The commander sees these orders and nothing else of the case, and decides them; the team's own view is as before.
create policy block_order_of_head on blocking.block_order for select
  using (approver = 'head' and platform.role() = 'commander');
create policy block_order_decided_by_head on blocking.block_order for update
  using (approver = 'head' and platform.role() = 'commander')
  with check (approver = 'head' and platform.role() = 'commander' and state in ('approved', 'refused'));
