-- What workers counted, written by the status module alone: a row for each worker, bucket, listener, pool and member
-- that had traffic. Without foreign keys: the counts outlive what they tell of, and a delete need not look for them.
-- pool_id and member_id are null for what concerned none (clients' connections), member_id also for the sum of members
-- that had no traffic for an hour.
--
-- Every count is in one of the two tables, never in both: hours that ended longer ago than evenkeel.traffic.keep are
-- condensed into buckets of five minutes, and dropped, in one transaction.
create table traffic_10s (
    -- When it began, on the wall clock's tens of seconds.
    bucket                timestamptz not null,
    worker_id             text        not null,
    -- When the worker read its counts, normally the bucket's end; part of the key, so that a row may be written twice,
    -- and a worker that starts anew within a bucket has its own.
    taken_at              timestamptz not null,
    load_balancer_id      uuid        not null,
    listener_id           uuid        not null,
    pool_id               uuid,
    member_id             uuid,
    accepted              bigint      not null,
    -- As it was when the counts were read, like active; all others are what came in the bucket.
    open                  bigint      not null,
    picked                bigint      not null,
    active                bigint      not null,
    responses_1xx         bigint      not null,
    responses_2xx         bigint      not null,
    responses_3xx         bigint      not null,
    responses_4xx         bigint      not null,
    responses_5xx         bigint      not null,
    response_micros       bigint      not null,
    bytes_in              bigint      not null,
    bytes_out             bigint      not null,
    connect_failures      bigint      not null,
    retries               bigint      not null,
    failures              bigint      not null,
    dropped               bigint      not null,
    -- Response times: so many (time_counts) took at most so long (time_micros, ascending) and longer than the bucket of
    -- the histogram before that one, which is at most an eighth shorter. Buckets without a response are left out.
    time_micros           bigint[]    not null,
    time_counts           bigint[]    not null,
    constraint uq_traffic_10s_reading unique nulls not distinct (bucket, worker_id, taken_at, listener_id, pool_id, member_id),
    constraint ck_traffic_10s_times check (cardinality(time_micros) = cardinality(time_counts))
) partition by range (bucket);
create table traffic_10s_default partition of traffic_10s default;
create index ix_traffic_10s_pool on traffic_10s (pool_id, bucket);

create table traffic_5min (
    -- When it began, on the wall clock's five minutes.
    bucket                timestamptz not null,
    worker_id             text        not null,
    load_balancer_id      uuid        not null,
    listener_id           uuid        not null,
    pool_id               uuid,
    member_id             uuid,
    accepted              bigint      not null,
    -- As it was at the bucket's end, like active.
    open                  bigint      not null,
    picked                bigint      not null,
    active                bigint      not null,
    responses_1xx         bigint      not null,
    responses_2xx         bigint      not null,
    responses_3xx         bigint      not null,
    responses_4xx         bigint      not null,
    responses_5xx         bigint      not null,
    response_micros       bigint      not null,
    bytes_in              bigint      not null,
    bytes_out             bigint      not null,
    connect_failures      bigint      not null,
    retries               bigint      not null,
    failures              bigint      not null,
    dropped               bigint      not null,
    time_micros           bigint[]    not null,
    time_counts           bigint[]    not null,
    constraint uq_traffic_5min_bucket unique nulls not distinct (bucket, worker_id, listener_id, pool_id, member_id),
    constraint ck_traffic_5min_times check (cardinality(time_micros) = cardinality(time_counts))
) partition by range (bucket);
create table traffic_5min_default partition of traffic_5min default;
create index ix_traffic_5min_pool on traffic_5min (pool_id, bucket);
