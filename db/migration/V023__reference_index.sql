-- A list of load balancers reads the ids of their pools and listeners from the indexes alone.
drop index ix_pool_load_balancer;
create index ix_pool_load_balancer on pool (load_balancer_id, id);

drop index ix_listener_load_balancer;
create index ix_listener_load_balancer on listener (load_balancer_id, id) include (default_pool_id);
