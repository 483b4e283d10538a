-- What of a found film was not looked at, so that who decides on a match knows it: comparisons with known films, one
-- turn of one place each, for which there was no time; and whether only key frames or the first pages were read.
alter table matching.match add column uncompared int not null default 0 check (uncompared >= 0);
alter table matching.match add column is_partial boolean not null default false;
