-- Work that a call did for several resources at once. It is done when the call answers; kept for a week.
create table job (
    id          uuid        not null,
    project_id  text        not null,
    type        text        not null,
    status      text        not null,
    resource_id text        not null,
    entities    jsonb       not null,
    begin_time  timestamptz not null,
    end_time    timestamptz not null,
    constraint pk_job primary key (id),
    constraint fk_job_project foreign key (project_id) references project (id) on delete cascade on update restrict,
    constraint ck_job_status check (status in ('SUCCESS'))
);
create index ix_job_project on job (project_id, id);
create index ix_job_begin_time on job (begin_time);
