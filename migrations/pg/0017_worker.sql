-- The worker's phone: one-time codes, activation codes, sessions; messages on their way; corrections she asks for.

create table worker_code (
    phone_digest bytea primary key,
    code_digest bytea not null,
    attempts bigint not null,
    created_at bigint not null,
    expires_at bigint not null
);
create index worker_code_expires on worker_code (expires_at);

create table worker_activation (
    person_id uuid primary key,
    code_digest bytea not null unique,
    issued_at bigint not null,
    expires_at bigint not null
);
create index worker_activation_expires on worker_activation (expires_at);

create table worker_session (
    id uuid primary key,
    token_digest bytea not null unique,
    person_id uuid not null,
    area_code text not null,
    csrf_token text not null,
    phone_proved boolean not null,
    device text not null,
    created_at bigint not null,
    seen_at bigint not null,
    expires_at bigint not null
);
create index worker_session_person on worker_session (person_id, id);
create index worker_session_expires on worker_session (expires_at);

create table message (
    id uuid primary key,
    template text not null,
    body_sealed bytea not null,
    state text not null check (state in ('queued', 'sent', 'failed')),
    failure text,
    created_at bigint not null,
    expires_at bigint not null,
    sent_at bigint
);
create index message_created on message (created_at);

create table correction (
    id uuid primary key,
    person_id uuid not null references person (id),
    field text not null check (field in ('name', 'phone', 'document_number', 'employment', 'other')),
    state text not null check (state in ('open', 'accepted', 'refused', 'withdrawn')),
    wanted_sealed bytea not null,
    answer_sealed bytea,
    created_at bigint not null,
    decided_at bigint,
    decided_by text
);
create index correction_person on correction (person_id, id);
create index correction_state on correction (state, id);
