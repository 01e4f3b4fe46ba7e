-- Accounts, sessions, audit, outbox, jobs, idempotent answers, raw device bytes.

create table account (
    id uuid primary key,
    login text collate "C" not null unique,
    display_name text not null,
    role text not null check (role in ('administrator', 'command', 'enterprise', 'guard', 'health_authority', 'auditor')),
    password_hash text,
    pin_hash text,
    totp_sealed bytea,
    totp_last_step bigint not null default 0,
    disabled boolean not null default false,
    last_signed_in_at bigint,
    created_at bigint not null
);

create table account_grant (
    account_id uuid not null references account (id),
    kind text not null check (kind in ('area', 'enterprise', 'site')),
    value text collate "C" not null,
    label text not null,
    primary key (account_id, kind, value)
);

create table invitation (
    token_digest bytea primary key,
    account_id uuid not null references account (id),
    totp_sealed bytea,
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint
);

create table session (
    token_digest bytea primary key,
    account_id uuid not null references account (id),
    csrf_token text not null,
    gate_id uuid,
    created_at bigint not null,
    expires_at bigint not null
);
create index session_account on session (account_id);
create index session_expires on session (expires_at);

create table sign_in_failure (
    id uuid primary key,
    bucket text collate "C" not null,
    at bigint not null
);
create index sign_in_failure_bucket on sign_in_failure (bucket, at);

create table enrolment_code (
    code_digest bytea primary key,
    gate_id uuid not null,
    expires_at bigint not null,
    used_at bigint
);

create table enrolled_device (
    token_digest bytea primary key,
    gate_id uuid not null,
    enrolled_at bigint not null,
    expires_at bigint not null
);

create table audit_entry (
    id uuid primary key,
    at bigint not null,
    actor_id uuid,
    actor_name text not null,
    actor_role text not null,
    act text not null,
    purpose text not null,
    subject text,
    detail text not null,
    note_sealed bytea,
    note_subject uuid,
    request_id text not null
);
create index audit_entry_at on audit_entry (at, id);
create index audit_entry_actor on audit_entry (actor_id, id);
create index audit_entry_act on audit_entry (act, id);

create table audit_subject (
    subject_id uuid not null,
    entry_id uuid not null references audit_entry (id),
    primary key (subject_id, entry_id)
);

create table outbox (
    id uuid primary key,
    position bigint,
    kind text not null,
    area_code text collate "C",
    enterprise_id uuid,
    site_id uuid,
    gate_id uuid,
    payload text not null,
    created_at bigint not null
);
create unique index outbox_position on outbox (position) where position is not null;
create index outbox_unpublished on outbox (id) where position is null;
create index outbox_created on outbox (created_at);

create table outbox_head (
    id bigint primary key,
    position bigint not null
);
insert into outbox_head (id, position) values (1, 0);

create table job (
    id uuid primary key,
    kind text not null,
    payload text not null,
    unique_key text collate "C" unique,
    attempts bigint not null default 0,
    run_at bigint not null,
    leased_until bigint not null default 0,
    last_error text,
    created_at bigint not null
);
create index job_due on job (run_at);

create table idempotent_answer (
    account_id uuid not null,
    key text not null,
    fingerprint bytea not null,
    status bigint not null,
    body_sealed bytea not null,
    created_at bigint not null,
    primary key (account_id, key)
);
create index idempotent_answer_created on idempotent_answer (created_at);

create table journal (
    id uuid primary key,
    device_id uuid not null,
    received_at bigint not null,
    content_type text not null,
    bytes bigint not null,
    body_sealed bytea,
    state text not null check (state in ('pending', 'decoded', 'unparseable', 'erased')),
    leased_until bigint not null default 0,
    warnings text not null default ''
);
create index journal_device on journal (device_id, id);
create index journal_unparseable on journal (device_id, id) where state = 'unparseable';
create index journal_pending on journal (id) where state = 'pending';
create index journal_received on journal (received_at);
