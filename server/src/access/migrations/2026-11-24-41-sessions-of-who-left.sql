-- An officer who leaves the unit is signed out everywhere by whoever ends their service: the commander, who otherwise
-- sees nobody's sessions. Only of an officer's account that is switched off already.
create policy session_of_who_left_read on access.session for select
  using (platform.role() = 'commander' and exists (select from access.member member
    where member.account = "userId" and member.officer is not null and not member.is_active));
create policy session_of_who_left_ended on access.session for delete
  using (platform.role() = 'commander' and exists (select from access.member member
    where member.account = "userId" and member.officer is not null and not member.is_active));
