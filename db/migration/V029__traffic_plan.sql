-- What tells whether traffic is balanced, and why it is not. Rows of before say nothing of it.
--
-- stuck: picks that stickiness decided. connected: connections to the member that came about.
-- configured, expected, away: picks that the member was to get by the weights as they were, had all members been there;
-- by the weights of those that were there; and of the first those that came while it was away. In whole picks: a worker
-- carries fractions over, so there are never more rows for them than picks.
-- client_sketch, session_sketch: how many different clients and sticky sessions came to the pool, in its row without a
-- member: a HyperLogLog of 256 registers, each that holds something as index * 64 + rank, ascending. Of two sketches the
-- larger of each index makes the sketch of both.
alter table traffic_10s
    add column stuck          bigint     not null default 0,
    add column connected      bigint     not null default 0,
    add column configured     bigint     not null default 0,
    add column expected       bigint     not null default 0,
    add column away           bigint     not null default 0,
    add column client_sketch  smallint[] not null default '{}',
    add column session_sketch smallint[] not null default '{}',
    add constraint ck_traffic_10s_sketch check (cardinality(client_sketch) <= 256 and cardinality(session_sketch) <= 256);
alter table traffic_5min
    add column stuck          bigint     not null default 0,
    add column connected      bigint     not null default 0,
    add column configured     bigint     not null default 0,
    add column expected       bigint     not null default 0,
    add column away           bigint     not null default 0,
    add column client_sketch  smallint[] not null default '{}',
    add column session_sketch smallint[] not null default '{}',
    add constraint ck_traffic_5min_sketch check (cardinality(client_sketch) <= 256 and cardinality(session_sketch) <= 256);
