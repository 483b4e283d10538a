-- A link that nobody has answered yet must not open an account for somebody who serves no more, or serves elsewhere:
-- it ends with the posting. As its owner, since the commander who ends the posting sees no invitation.
create function access.end_invitations(gone uuid, has_left boolean) returns setof uuid
language sql volatile security definer set search_path = '' as $$
  delete from access.invitation invitation
    where (platform.is_system() or platform.role() in ('commander', 'administrator'))
      and (invitation.officer = gone or (has_left and exists (select from access.member member
        where member.officer = gone
          and (member.account = invitation.account or member.person = invitation.person))))
    returning invitation.id
$$;
revoke execute on function access.end_invitations(uuid, boolean) from public;
grant execute on function access.end_invitations(uuid, boolean) to jikimi_app;
