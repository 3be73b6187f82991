-- What each worker has taken over of a load balancer or a pool, and what of it every event loop of that worker has shown
-- to serve. No row: the worker holds nothing of it. A row stays for some minutes after a deletion, for those who wait.
create table worker_receipt (
    worker_id          text        not null,
    resource_kind      text        not null,
    resource_id        uuid        not null,
    generation_applied bigint      not null,
    applied_at         timestamptz not null,
    generation_serving bigint,
    serving_since      timestamptz,
    -- Why the generation that was applied is not seen to be served; null: nothing is known against it.
    trouble            text,
    constraint pk_worker_receipt primary key (resource_id, worker_id),
    constraint fk_worker_receipt_worker foreign key (worker_id) references worker (id) on delete cascade on update restrict,
    constraint ck_worker_receipt_kind check (resource_kind in ('LOAD_BALANCER', 'POOL')),
    constraint ck_worker_receipt_serving check (num_nulls(generation_serving, serving_since) in (0, 2))
) with (fillfactor = 70);
create index ix_worker_receipt_worker on worker_receipt (worker_id);

-- Which load balancers and pools the write advanced, as its headers told; null: none, or written by an older version.
alter table idempotency_key add column advanced text;
