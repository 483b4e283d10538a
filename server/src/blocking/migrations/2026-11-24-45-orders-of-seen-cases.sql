-- Orders are listed over all cases: who sees which is asked once for the list.
alter policy block_order_of_case on blocking.block_order
  using ((select platform.is_system()) or case_id in (select cases.seen()))
  with check ((select platform.is_system()) or case_id in (select cases.seen()));
