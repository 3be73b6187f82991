create table logtank (
    id               uuid        not null,
    project_id       text        not null,
    load_balancer_id uuid        not null,
    created_at       timestamptz not null,
    log_group_id     text        not null,
    log_topic_id     text        not null,
    constraint pk_logtank primary key (id),
    constraint uq_logtank_load_balancer unique (load_balancer_id),
    constraint fk_logtank_load_balancer foreign key (load_balancer_id) references load_balancer (id) on delete restrict on update restrict
);
create index ix_logtank_project on logtank (project_id, id);
