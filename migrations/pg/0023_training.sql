-- Training: courses with their film or document and question bank, what each worker has watched, quizzes, certificates.

create table course (
    id uuid primary key,
    area_code text collate "C" not null references area (code),
    enterprise_id uuid references enterprise (id),
    title text not null,
    title_key text collate "C" not null,
    description text not null,
    media_id uuid,
    length_ms bigint not null default 0,
    check_count bigint not null check (check_count between 1 and 20),
    question_count bigint not null check (question_count between 0 and 100),
    pass_percent bigint not null check (pass_percent between 1 and 100),
    valid_days bigint not null check (valid_days between 1 and 3660),
    required boolean not null,
    occupations text not null,
    due_days bigint not null check (due_days between 0 and 365),
    state text not null check (state in ('draft', 'published', 'retired')),
    version bigint not null,
    created_by text not null,
    created_at bigint not null,
    published_at bigint
);
create index course_area on course (area_code, id);
create index course_enterprise on course (enterprise_id, id);
create index course_required on course (area_code, id) where state = 'published' and required;

create table course_question (
    id uuid primary key,
    course_id uuid not null references course (id),
    position bigint not null,
    body text not null,
    options text not null,
    correct text not null
);
create index course_question_course on course_question (course_id, position);

create table course_media (
    id uuid primary key,
    course_id uuid not null references course (id),
    kind text not null check (kind in ('video', 'document')),
    file_name text not null,
    byte_count bigint not null,
    received bigint not null,
    page_count bigint,
    length_ms bigint not null default 0,
    state text not null check (state in ('uploading', 'ready', 'refused')),
    created_at bigint not null
);
create index course_media_course on course_media (course_id, id);
create index course_media_unfinished on course_media (created_at) where state <> 'ready';

create table course_media_piece (
    media_id uuid not null references course_media (id),
    start_byte bigint not null,
    bytes bytea not null,
    primary key (media_id, start_byte)
);

create table learning (
    id uuid primary key,
    person_id uuid not null references person (id),
    course_id uuid not null references course (id),
    furthest_ms bigint not null,
    beat_at bigint,
    checks text not null,
    checks_passed bigint not null,
    started_at bigint not null,
    watched_at bigint
);
create unique index learning_of on learning (person_id, course_id);

create table quiz_attempt (
    id uuid primary key,
    person_id uuid not null references person (id),
    course_id uuid not null references course (id),
    drawn text not null,
    started_at bigint not null,
    expires_at bigint not null,
    finished_at bigint,
    right_count bigint,
    passed boolean
);
create index quiz_attempt_of on quiz_attempt (person_id, course_id, started_at);
create index quiz_attempt_started on quiz_attempt (started_at);

create table training_certificate (
    id uuid primary key,
    person_id uuid not null references person (id),
    course_id uuid not null references course (id),
    channel text not null check (channel in ('phone', 'classroom')),
    right_count bigint,
    question_count bigint,
    issued_at bigint not null,
    expires_at bigint not null,
    recorded_by text,
    revoked_at bigint,
    revoked_by text
);
create index training_certificate_course on training_certificate (course_id, person_id, expires_at);
create index training_certificate_person on training_certificate (person_id, issued_at, id);

create table training_reminder (
    person_id uuid not null references person (id),
    course_id uuid not null references course (id),
    day_start bigint not null,
    sent_at bigint not null,
    primary key (person_id, course_id, day_start)
);
create index training_reminder_sent on training_reminder (sent_at);
