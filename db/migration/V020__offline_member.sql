-- What is wrong is found by where one looks, not by looking through all that is wrong: failing members by their pools,
-- members on servers that do not run by their VPC. One view of both could not be entered by either.
drop view offline_member;

create view failing_member as
select h.pool_id, h.member_id, h.since
from member_health h
join health_monitor hm on hm.pool_id = h.pool_id and hm.admin_state_up
where not h.is_online
  and not exists (select 1 from member_health o where o.member_id = h.member_id and o.is_online);

create view stopped_member as
select m.pool_id, m.id as member_id, s.updated_at as since, s.project_id, s.vpc_id
from server s
join member m on m.project_id = s.project_id and m.server_id = s.id
where s.status <> 'ACTIVE';

drop index ix_server_not_active;
create index ix_server_not_active on server (project_id, vpc_id) where status <> 'ACTIVE';
