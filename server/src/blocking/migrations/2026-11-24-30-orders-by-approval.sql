-- Requests that wait already are put before the same people in the form of the house's one approval.
alter table access.approval disable trigger user;
insert into access.approval (id, kind, subject, case_id, agency, roles, reason, asked_by, asked_person, asked_at, expires_at, state)
  select gen_random_uuid(), 'block.order', o.id, o.case_id, f.agency,
    case o.approver when 'head' then array['officer', 'leader', 'commander'] else array['officer', 'leader'] end,
    o.basis, o.requested_by, access.person_of(o.requested_by), o.requested_at,
    greatest(o.requested_at, now()) + interval '7 days', 'asked'
  from blocking.block_order o join cases.file f on f.id = o.case_id where o.state = 'requested';
alter table access.approval enable trigger user;
