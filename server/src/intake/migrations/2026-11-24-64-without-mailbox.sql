-- Asked with every challenge: without it, each visitor of the portal would have all reports read.
create index report_without_mailbox on intake.report (id) where team_recipient is null;
