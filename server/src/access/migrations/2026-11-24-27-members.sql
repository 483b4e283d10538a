-- More kinds of member. The agent of a partner, an outside body, has an account and is no staff: every policy that
-- speaks of staff leaves it out, and what is sent to it is opened by a policy of its own.
alter table access.member drop constraint member_role_check, drop constraint member_check;
alter table access.member
  add check (role in ('officer', 'leader', 'commander', 'counsellor', 'lawyerLiaison', 'evidenceCustodian',
    'dataProtectionOfficer', 'partnerAgent', 'administrator')),
  add check (agency is not null
    or role in ('commander', 'lawyerLiaison', 'dataProtectionOfficer', 'partnerAgent', 'administrator'));

create or replace function platform.is_staff() returns boolean language sql stable as $$
  select current_setting('jikimi.kind', true) = 'staff' and current_setting('jikimi.role', true) <> 'partnerAgent'
$$;

-- Whoever answers for data protection reads the log entries that belong to no case, as the administrator does.
create policy entry_of_no_case_read on audit.entry for select
  using (platform.role() = 'dataProtectionOfficer' and case_id is null);
