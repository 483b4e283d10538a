-- The time of the transaction as `platform/time.ts` tells it, so that what ends by itself ends by the product's clock.
create function platform.now() returns timestamptz language sql stable as $$
  select coalesce(nullif(current_setting('jikimi.now', true), '')::timestamptz, now())
$$;
grant execute on function platform.now() to jikimi_app;
