-- A contact that was found for one target says that somebody has material there. It is known to those who see such a
-- target; what was entered by hand is the directory, and known to all.
create function takedown.knows(wanted uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select platform.is_system() or (platform.is_staff() and (
    not exists (select from takedown.channel channel where channel.provider_id = wanted and channel.source = 'rdap')
    or exists (select from takedown.channel channel where channel.provider_id = wanted and channel.source <> 'rdap')
    or exists (select from takedown.target target where target.provider_id = wanted and cases.sees(target.case_id))
    or exists (select from takedown.notice notice join takedown.channel channel on channel.id = notice.channel_id
      where channel.provider_id = wanted and cases.sees(notice.case_id))))
$$;
revoke execute on function takedown.knows(uuid) from public;
grant execute on function takedown.knows(uuid) to jikimi_app;
drop policy provider_read on takedown.provider;
drop policy provider_kept on takedown.provider;
drop policy provider_domain_read on takedown.provider_domain;
drop policy provider_domain_kept on takedown.provider_domain;
drop policy channel_read on takedown.channel;
drop policy channel_kept on takedown.channel;
create policy provider_read on takedown.provider for select using (takedown.knows(id));
create policy provider_added on takedown.provider for insert with check (takedown.keeps_directory());
create policy provider_changed on takedown.provider for update using (takedown.keeps_directory());
create policy provider_domain_read on takedown.provider_domain for select using (takedown.knows(provider_id));
create policy provider_domain_added on takedown.provider_domain for insert with check (takedown.keeps_directory());
create policy provider_domain_removed on takedown.provider_domain for delete using (takedown.keeps_directory());
create policy channel_read on takedown.channel for select using (takedown.knows(provider_id));
create policy channel_added on takedown.channel for insert with check (takedown.keeps_directory());
create policy channel_changed on takedown.channel for update using (takedown.keeps_directory());
create index target_of_provider on takedown.target (provider_id) where provider_id is not null;
create index notice_of_channel on takedown.notice (channel_id);
