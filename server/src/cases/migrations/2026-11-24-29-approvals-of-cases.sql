-- An approval that belongs to a case is seen by those who see the case and may decide it; and by the commander where
-- it was put before the head office, who sees of the case no more than that.
create policy approval_of_case_read on access.approval for select
  using (case_id is not null and access.decides(roles, agency)
    and (platform.role() = 'commander' or cases.sees(case_id)));
create policy approval_of_case_given on access.approval for update
  using (case_id is not null and access.decides(roles, agency)
    and (platform.role() = 'commander' or cases.sees(case_id)));
