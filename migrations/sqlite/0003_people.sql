-- Persons, blind indexes, employments, the timeline, roster imports, erasures.

create table person (
    id blob primary key,
    document_kind text not null,
    identity_sealed blob not null,
    health_sealed blob not null,
    status text not null check (status in ('green', 'amber', 'red', 'unknown')),
    status_reasons_sealed blob not null,
    status_valid_until bigint,
    status_rule_version bigint not null,
    status_computed_at bigint not null,
    last_screened_at bigint,
    created_at bigint not null
);
create index person_status_due on person (status_valid_until) where status_valid_until is not null;
create index person_status on person (status, id);

create table person_index (
    field text not null,
    digest blob not null,
    person_id blob not null references person (id),
    primary key (field, digest, person_id)
);
create index person_index_person on person_index (person_id);

create table employment (
    id blob primary key,
    person_id blob not null references person (id),
    enterprise_id blob,
    site_id blob not null,
    area_code text not null,
    employee_no text not null,
    card_no text,
    team text,
    post text,
    shift_window_id blob,
    from_at bigint not null,
    until_at bigint,
    created_at bigint not null
);
create unique index employment_employee_no on employment (site_id, employee_no) where until_at is null;
create unique index employment_card_no on employment (site_id, card_no) where until_at is null and card_no is not null;
create index employment_person on employment (person_id, id);

create table person_scope (
    employment_id blob primary key references employment (id),
    person_id blob not null references person (id),
    area_code text not null,
    enterprise_id blob,
    site_id blob,
    from_at bigint not null,
    until_at bigint
);
create index person_scope_person on person_scope (person_id, area_code);
create index person_scope_area on person_scope (area_code, person_id);
create index person_scope_enterprise on person_scope (enterprise_id, person_id);
create index person_scope_site on person_scope (site_id, person_id);

create table fact (
    id blob primary key,
    person_id blob not null references person (id),
    kind text not null,
    occurred_at bigint not null,
    recorded_at bigint not null,
    source text not null,
    site_id blob,
    detail_sealed blob not null
);
create index fact_timeline on fact (person_id, occurred_at, id);

create table people_import (
    id blob primary key,
    account_id blob not null,
    site_id blob not null,
    enterprise_id blob,
    area_code text not null,
    dry_run boolean not null,
    state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
    file_sealed blob,
    failed_sealed blob,
    row_count bigint not null default 0,
    done_count bigint not null default 0,
    created_count bigint not null default 0,
    updated_count bigint not null default 0,
    unchanged_count bigint not null default 0,
    failed_count bigint not null default 0,
    error text,
    created_at bigint not null,
    finished_at bigint
);
create index people_import_account on people_import (account_id, id);
create index people_import_created on people_import (created_at);

create table erasure (
    person_id blob primary key,
    erased_at bigint not null,
    keys_destroyed boolean not null
);
