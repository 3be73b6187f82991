-- Sizes a load balancer can be given. They describe, and limit nothing yet.
create table flavor (
    id       text    not null,
    name     text    not null,
    type     text    not null,
    category integer not null,
    info     jsonb   not null,
    constraint pk_flavor primary key (id),
    constraint uq_flavor_name unique (name),
    constraint ck_flavor_type check (type in ('L4', 'L7', 'L4_elastic_max', 'L7_elastic_max'))
);

insert into flavor (id, name, type, category, info) values
    ('0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b0001', 'L4_flavor.elb.s1.small',  'L4', 0, '{"connection": 500000, "cps": 10000, "bandwidth": 50000, "lcu": 10}'),
    ('0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b0002', 'L4_flavor.elb.s1.medium', 'L4', 0, '{"connection": 1000000, "cps": 20000, "bandwidth": 100000, "lcu": 20}'),
    ('0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b0003', 'L4_flavor.elb.s1.large',  'L4', 0, '{"connection": 2000000, "cps": 40000, "bandwidth": 200000, "lcu": 40}'),
    ('0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b0004', 'L4_flavor.elb.s2.large',  'L4', 0, '{"connection": 20000000, "cps": 400000, "bandwidth": 2000000, "lcu": 400}'),
    ('0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b0005', 'L4_flavor.elb.pro.max',   'L4_elastic_max', 0, '{"connection": 20000000, "cps": 400000, "bandwidth": 10000000, "lcu": 400}'),
    ('0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b0101', 'L7_flavor.elb.s1.small',  'L7', 0, '{"connection": 200000, "cps": 2000, "qps": 4000, "https_cps": 200, "bandwidth": 50000, "lcu": 10}'),
    ('0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b0102', 'L7_flavor.elb.s1.medium', 'L7', 0, '{"connection": 400000, "cps": 4000, "qps": 8000, "https_cps": 400, "bandwidth": 100000, "lcu": 20}'),
    ('0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b0103', 'L7_flavor.elb.s1.large',  'L7', 0, '{"connection": 800000, "cps": 8000, "qps": 16000, "https_cps": 800, "bandwidth": 200000, "lcu": 40}'),
    ('0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b0104', 'L7_flavor.elb.s2.large',  'L7', 0, '{"connection": 8000000, "cps": 80000, "qps": 160000, "https_cps": 8000, "bandwidth": 2000000, "lcu": 400}'),
    ('0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b0105', 'L7_flavor.elb.pro.max',   'L7_elastic_max', 0, '{"connection": 8000000, "cps": 80000, "qps": 160000, "https_cps": 8000, "bandwidth": 10000000, "lcu": 400}');
