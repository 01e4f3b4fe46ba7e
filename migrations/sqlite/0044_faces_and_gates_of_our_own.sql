-- What faces are recognised by, while those consent whose they are; gates of our own, and what such a gate keeps on its own disk.

create table face_template (
    subject_id blob primary key,
    person_id blob not null references person (id),
    template_sealed blob not null,
    model text not null,
    channel text not null,
    enrolled_by text,
    enrolled_at bigint not null
);

create index face_template_person on face_template (person_id);

-- Gates ask every second whether any pass has changed.
create index pass_changed on pass (changed_at);

create table gate_code (
    code_digest blob primary key,
    device_id blob not null references device (id),
    expires_at bigint not null,
    used_at bigint
);

create table gate_link (
    device_id blob primary key references device (id),
    secret_digest blob not null unique,
    enrolled_at bigint not null,
    revoked_at bigint,
    asked_at bigint,
    health text
);

-- On a gate's own disk; empty on a server.

create table carried_entry (
    key blob primary key,
    digest bigint not null,
    bucket bigint not null,
    sealed blob not null
);

create index carried_entry_bucket on carried_entry (bucket);

create table carried_state (
    name text primary key,
    sealed blob not null
);

create table kept_passage (
    no bigint primary key,
    sealed blob not null,
    kept_at bigint not null
);
