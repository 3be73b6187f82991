-- By which transaction an event was recorded: streams of events go by it, as ids and times are in no order of commits.
alter table event add column recorded_in xid8 not null default pg_current_xact_id();
create index ix_event_project_recorded on event (project_id, recorded_in, id);
