-- Persons, blind indexes, employments, the timeline, roster imports, erasures.

create table person (
    id uuid primary key,
    document_kind text not null,
    identity_sealed bytea not null,
    health_sealed bytea not null,
    status text not null check (status in ('green', 'amber', 'red', 'unknown')),
    status_reasons_sealed bytea not null,
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
    digest bytea not null,
    person_id uuid not null references person (id),
    primary key (field, digest, person_id)
);
create index person_index_person on person_index (person_id);

create table employment (
    id uuid primary key,
    person_id uuid not null references person (id),
    enterprise_id uuid,
    site_id uuid not null,
    area_code text collate "C" not null,
    employee_no text collate "C" not null,
    card_no text collate "C",
    team text,
    post text,
    shift_window_id uuid,
    from_at bigint not null,
    until_at bigint,
    created_at bigint not null
);
create unique index employment_employee_no on employment (site_id, employee_no) where until_at is null;
create unique index employment_card_no on employment (site_id, card_no) where until_at is null and card_no is not null;
create index employment_person on employment (person_id, id);

create table person_scope (
    employment_id uuid primary key references employment (id),
    person_id uuid not null references person (id),
    area_code text collate "C" not null,
    enterprise_id uuid,
    site_id uuid,
    from_at bigint not null,
    until_at bigint
);
create index person_scope_person on person_scope (person_id, area_code);
create index person_scope_area on person_scope (area_code, person_id);
create index person_scope_enterprise on person_scope (enterprise_id, person_id);
create index person_scope_site on person_scope (site_id, person_id);

create table fact (
    id uuid primary key,
    person_id uuid not null references person (id),
    kind text not null,
    occurred_at bigint not null,
    recorded_at bigint not null,
    source text not null,
    site_id uuid,
    detail_sealed bytea not null
);
create index fact_timeline on fact (person_id, occurred_at, id);

create table people_import (
    id uuid primary key,
    account_id uuid not null,
    site_id uuid not null,
    enterprise_id uuid,
    area_code text collate "C" not null,
    dry_run boolean not null,
    state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
    file_sealed bytea,
    failed_sealed bytea,
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
    person_id uuid primary key,
    erased_at bigint not null,
    keys_destroyed boolean not null
);
