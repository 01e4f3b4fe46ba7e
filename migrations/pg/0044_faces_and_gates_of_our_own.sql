-- What faces are recognised by, while those consent whose they are; gates of our own, and what such a gate keeps on its own disk.

create table face_template (
    subject_id uuid primary key,
    person_id uuid not null references person (id),
    template_sealed bytea not null,
    model text not null,
    channel text not null,
    enrolled_by text,
    enrolled_at bigint not null
);

create index face_template_person on face_template (person_id);

-- Gates ask every second whether any pass has changed.
create index pass_changed on pass (changed_at);

create table gate_code (
    code_digest bytea primary key,
    device_id uuid not null references device (id),
    expires_at bigint not null,
    used_at bigint
);

create table gate_link (
    device_id uuid primary key references device (id),
    secret_digest bytea not null unique,
    enrolled_at bigint not null,
    revoked_at bigint,
    asked_at bigint,
    health text
);

-- On a gate's own disk; empty on a server.

create table carried_entry (
    key uuid primary key,
    digest bigint not null,
    bucket bigint not null,
    sealed bytea not null
);

create index carried_entry_bucket on carried_entry (bucket);

create table carried_state (
    name text primary key,
    sealed bytea not null
);

create table kept_passage (
    no bigint primary key,
    sealed bytea not null,
    kept_at bigint not null
);
