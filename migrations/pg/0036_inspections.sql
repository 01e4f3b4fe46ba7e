-- Inspections: checklists as versions, visits with photographs and a report, what was found wanting and when it is put right.

create table checklist (
    version bigint primary key,
    definition text not null,
    note text not null,
    set_by text not null,
    valid_from bigint not null
);

create table inspection (
    id uuid primary key,
    application_id uuid not null references application (id),
    enterprise_id uuid not null references enterprise (id),
    area_code text collate "C" not null,
    kind text not null check (kind in ('acceptance', 'recheck', 'spot_check')),
    mode text not null check (mode in ('on_site', 'video')),
    state text not null check (state in ('planned', 'passed', 'failed', 'cancelled')),
    officer_id uuid references account (id),
    officer_name text,
    -- Whether that follows from who answers for the enterprise; somebody chose otherwise.
    by_duty boolean not null default false,
    planned_on text collate "C",
    starts_at bigint,
    stop bigint,
    due_at bigint not null,
    checklist_version bigint,
    report_sealed bytea,
    digest bytea,
    reported_at bigint,
    created_by text not null,
    created_at bigint not null,
    changed_at bigint not null
);
create index inspection_area on inspection (area_code, id);
create index inspection_enterprise on inspection (enterprise_id, id);
create index inspection_application on inspection (application_id, id);
create index inspection_officer on inspection (officer_id, planned_on, id) where state = 'planned';
create index inspection_state on inspection (state, due_at, id);

-- Who was to visit before somebody else was: what she wrote until then is kept.
create table inspection_former (
    inspection_id uuid not null references inspection (id),
    officer_id uuid not null references account (id),
    officer_name text not null,
    replaced_at bigint not null,
    report_sealed bytea,
    received_at bigint,
    primary key (inspection_id, officer_id)
);

create table inspection_photo (
    id uuid primary key,
    inspection_id uuid not null references inspection (id),
    item text collate "C" not null,
    facts_sealed bytea not null,
    byte_count bigint not null check (byte_count > 0),
    sha256 bytea not null,
    bytes_sealed bytea not null,
    received_at bigint not null
);
create index inspection_photo_inspection on inspection_photo (inspection_id, id);

create table inspection_defect (
    id uuid primary key,
    application_id uuid not null references application (id),
    inspection_id uuid not null references inspection (id),
    item text collate "C" not null,
    critical boolean not null,
    note_sealed bytea not null,
    due_on text collate "C" not null,
    found_at bigint not null,
    fixed_at bigint,
    fixed_by uuid references inspection (id)
);
create index inspection_defect_application on inspection_defect (application_id, id);
create unique index inspection_defect_open on inspection_defect (application_id, item) where fixed_at is null;
create index inspection_defect_due on inspection_defect (due_on, id) where fixed_at is null;
