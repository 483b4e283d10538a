-- A wish for a woman that the agency's own team cannot keep now: who of the on-call region was called instead.
-- Known to the agency's leader, to who was called, and to nobody else.
create table staffing.wish (
  case_id uuid primary key,
  agency text not null,
  asked_at timestamptz not null,
  officer uuid references staffing.officer,
  met_at timestamptz
);
create index wish_open on staffing.wish (agency) where met_at is null;

alter table staffing.wish enable row level security;
create policy wish_system on staffing.wish for all using (platform.is_system());
create policy wish_led on staffing.wish for all
  using (platform.role() in ('officer', 'leader') and agency = platform.agency());
create policy wish_called on staffing.wish for select using (officer = platform.officer());
grant select, insert, update (asked_at, officer, met_at) on staffing.wish to jikimi_app;
