-- Reopening applications: forms as versions, drafts, attachments in sealed pieces, what happened to each. Risk of areas.

create table area_risk (
    area_code text collate "C" primary key,
    level text not null check (level in ('low', 'medium', 'high')),
    set_by text not null,
    set_at bigint not null
);

create table application_form (
    version bigint primary key,
    definition text not null,
    note text not null,
    set_by text not null,
    valid_from bigint not null
);

-- Numbers that people read out: of a county and a day, in the order in which drafts are begun.
create table application_serial (
    county_day text collate "C" primary key,
    last bigint not null
);

create table application (
    id uuid primary key,
    number text collate "C" not null unique,
    enterprise_id uuid not null references enterprise (id),
    area_code text collate "C" not null,
    state text not null check (state in ('draft', 'submitted', 'in_review', 'returned', 'inspection_due', 'inspected',
        'approved', 'rejected', 'suspended', 'revoked', 'filed')),
    regime text check (regime in ('approval', 'filing')),
    form_version bigint not null,
    industry text collate "C" not null,
    size_class text not null,
    risk text not null check (risk in ('low', 'medium', 'high')),
    answers_sealed bytea not null,
    revision bigint not null,
    open_fields text,
    pledge_sealed bytea,
    planned bigint,
    claimed_by uuid references account (id),
    claimed_name text,
    created_at bigint not null,
    saved_at bigint not null,
    submitted_at bigint,
    reply_due_at bigint,
    decision_due_at bigint,
    decided_at bigint,
    changed_at bigint not null
);
create index application_area on application (area_code, id);
create index application_enterprise on application (enterprise_id, id);
create index application_state on application (state, id);
create index application_decision_due on application (decision_due_at, id) where decision_due_at is not null;

-- One application at a time for a site: the row is there while it is under way or in force.
create table application_site (
    application_id uuid not null references application (id),
    site_id uuid not null references site (id),
    current boolean not null,
    primary key (application_id, site_id)
);
create unique index application_site_current on application_site (site_id) where current;

create table application_attachment (
    id uuid primary key,
    application_id uuid not null references application (id),
    field text not null,
    name_sealed bytea not null,
    kind text check (kind in ('pdf', 'jpeg', 'png', 'xlsx', 'docx')),
    byte_count bigint not null check (byte_count > 0),
    received bigint not null,
    sha256 bytea,
    state text not null check (state in ('uploading', 'ready', 'refused', 'removed')),
    created_at bigint not null
);
create index application_attachment_application on application_attachment (application_id, id);
create index application_attachment_swept on application_attachment (created_at) where state <> 'ready';

create table application_piece (
    attachment_id uuid not null references application_attachment (id),
    start_byte bigint not null,
    bytes_sealed bytea not null,
    primary key (attachment_id, start_byte)
);

create table application_step (
    id uuid primary key,
    application_id uuid not null references application (id),
    at bigint not null,
    act text not null check (act in ('submit', 'claim', 'release', 'comment', 'send_back', 'approve', 'reject',
        'suspend', 'reinstate', 'revoke')),
    actor text not null,
    actor_id uuid not null,
    note_sealed bytea,
    fields text
);
create index application_step_application on application_step (application_id, at, id);
