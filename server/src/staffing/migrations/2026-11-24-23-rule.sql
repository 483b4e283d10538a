-- The local agencies as data: those that are shipped, and whatever else a country has.
create table staffing.agency (
  code text primary key check (code ~ '^[a-z][a-z0-9-]{0,39}$'),
  ko text not null,
  en text not null,
  place integer not null unique,
  added_at timestamptz
);
insert into staffing.agency (place, code, ko, en) values
  (1, 'seoul', '서울경찰청', 'Seoul'),
  (2, 'busan', '부산경찰청', 'Busan'),
  (3, 'daegu', '대구경찰청', 'Daegu'),
  (4, 'incheon', '인천경찰청', 'Incheon'),
  (5, 'gwangju', '광주경찰청', 'Gwangju'),
  (6, 'daejeon', '대전경찰청', 'Daejeon'),
  (7, 'ulsan', '울산경찰청', 'Ulsan'),
  (8, 'sejong', '세종경찰청', 'Sejong'),
  (9, 'gyeonggi-nambu', '경기남부경찰청', 'Gyeonggi Nambu'),
  (10, 'gyeonggi-bukbu', '경기북부경찰청', 'Gyeonggi Bukbu'),
  (11, 'gangwon', '강원경찰청', 'Gangwon'),
  (12, 'chungbuk', '충북경찰청', 'Chungbuk'),
  (13, 'chungnam', '충남경찰청', 'Chungnam'),
  (14, 'jeonbuk', '전북경찰청', 'Jeonbuk'),
  (15, 'jeonnam', '전남경찰청', 'Jeonnam'),
  (16, 'gyeongbuk', '경북경찰청', 'Gyeongbuk'),
  (17, 'gyeongnam', '경남경찰청', 'Gyeongnam'),
  (18, 'jeju', '제주경찰청', 'Jeju');

-- How many officers the unit has in all.
create table staffing.establishment (
  only_row boolean primary key check (only_row),
  officers integer not null check (officers between 1 and 500)
);
insert into staffing.establishment values (true, 50);

-- A rule that was broken knowingly: who said so and why, until when it is to be mended, and when it was.
create table staffing.warning (
  id uuid primary key,
  breach text not null,
  agency text references staffing.agency,
  reason text not null,
  accepted_by uuid not null,
  accepted_at timestamptz not null,
  mend_by timestamptz not null,
  mended_at timestamptz
);
create unique index warning_open on staffing.warning (breach, coalesce(agency, '')) where mended_at is null;

alter table staffing.agency enable row level security;
alter table staffing.establishment enable row level security;
alter table staffing.warning enable row level security;

create policy agency_read on staffing.agency for select using (true);
create policy agency_added on staffing.agency for insert
  with check (platform.is_system() or platform.role() = 'administrator');
create policy establishment_read on staffing.establishment for select using (platform.is_system() or platform.is_staff());
create policy establishment_changed on staffing.establishment for update
  using (platform.is_system() or platform.role() = 'commander');
create policy warning_read on staffing.warning for select
  using (platform.is_system() or platform.role() in ('commander', 'administrator', 'leader'));
create policy warning_added on staffing.warning for insert
  with check (platform.role() = 'commander' and accepted_by = platform.account());
create policy warning_mended on staffing.warning for update
  using (platform.is_system() or platform.role() in ('commander', 'administrator'));

grant select, insert on staffing.agency to jikimi_app;
grant select, update (officers) on staffing.establishment to jikimi_app;
grant select, insert, update (mended_at) on staffing.warning to jikimi_app;
