-- What the ways of the portal ask beside the story: choices only, ordered by; and what was consented to in the report.
alter table intake.report add column particulars jsonb not null default '{}'
  check (jsonb_typeof(particulars) = 'object' and length(particulars::text) <= 1000);
alter table intake.report add column consents jsonb not null
  default '{"removal": null, "investigation": null, "banks": null, "abroad": null}'
  check (jsonb_typeof(consents) = 'object' and length(consents::text) <= 200);
