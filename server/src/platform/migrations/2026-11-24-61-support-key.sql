-- Public half of the support room's own key: counselling is sealed to it, and a process with another one is refused.
alter table platform.installation add column support_recipient text;
