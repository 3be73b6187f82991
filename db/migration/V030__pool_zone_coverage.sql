-- An availability zone of the load balancers that use a pool, with or without a working member of the pool; null until it
-- was looked at. As zone_coverage is for a load balancer.
create table pool_zone_coverage (
    pool_id           uuid        not null,
    availability_zone text        not null,
    is_covered        boolean,
    changes           bigint      not null default 0,
    since             timestamptz not null,
    constraint pk_pool_zone_coverage primary key (pool_id, availability_zone),
    constraint fk_pool_zone_coverage_pool foreign key (pool_id) references pool (id) on delete cascade on update restrict
);
-- What metrics show: the zones without, the longest ones first.
create index ix_zone_coverage_uncovered on zone_coverage (since) where not is_covered;
create index ix_pool_zone_coverage_uncovered on pool_zone_coverage (since) where not is_covered;
