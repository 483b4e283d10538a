-- Matches are listed over all cases: who sees which is asked once for the list.
alter policy match_read on matching.match using (
  (select platform.is_system())
  or ((select platform.role()) in ('officer', 'leader') and case_id in (select cases.seen())));
