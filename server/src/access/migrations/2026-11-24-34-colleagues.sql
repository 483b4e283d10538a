-- Who works on cases: names for whoever lets somebody into one. It runs as its owner, past the policy by which one
-- sees oneself alone, and so asks itself who is asking; no address and nothing that opens an account is in it.
create function access.colleagues() returns table (account uuid, name text, role text, officer uuid, agency text)
language sql stable security definer set search_path = '' as $$
  select member.account, person.name, member.role, member.officer, member.agency
  from access.member member join access."user" person on person.id = member.account
  where member.is_active and (platform.is_system() or (platform.is_staff()
      and platform.role() in ('officer', 'leader', 'counsellor', 'lawyerLiaison', 'evidenceCustodian')))
    and member.role in ('officer', 'leader', 'counsellor', 'lawyerLiaison', 'evidenceCustodian')
$$;
revoke execute on function access.colleagues() from public;
grant execute on function access.colleagues() to jikimi_app;
