-- The rulebook of reopening as versions; departments, their opinions, whitelist batches; moves that the rulebook makes.

create table rulebook (
    version bigint primary key,
    definition text not null,
    note text not null,
    set_by text not null,
    set_at bigint not null,
    valid_from bigint not null,
    withdrawn_at bigint,
    withdrawn_by text,
    -- When what was under way had followed it.
    followed_at bigint
);
create index rulebook_valid_from on rulebook (valid_from) where withdrawn_at is null;

create table reviewer_department (
    account_id uuid not null references account (id),
    department text collate "C" not null,
    set_by text not null,
    set_at bigint not null,
    primary key (account_id, department)
);

alter table application add column rulebook_version bigint;
alter table application add column department text collate "C";
alter table application add column visit_wanted boolean not null default false;
alter table application add column category text collate "C";
alter table application add column batch bigint;
create index application_department on application (department, id) where department is not null;
create index application_batch on application (category, batch, id) where category is not null;

create table whitelist_batch (
    category text collate "C" not null,
    batch bigint not null,
    note text not null,
    made_by text not null,
    made_at bigint not null,
    primary key (category, batch)
);

-- One line a department and submission; what was said before a correction stays readable.
create table application_opinion (
    id uuid primary key,
    application_id uuid not null references application (id),
    department text collate "C" not null,
    current boolean not null,
    asked_at bigint not null,
    due_at bigint not null,
    opinion text check (opinion in ('agree', 'object')),
    note_sealed bytea,
    given_by text,
    given_at bigint
);
create index application_opinion_application on application_opinion (application_id, asked_at, id);
create unique index application_opinion_current on application_opinion (application_id, department) where current;
create index application_opinion_waiting on application_opinion (department, application_id) where current;

alter table application_step drop constraint application_step_act_check;
alter table application_step add constraint application_step_act_check check (act in ('submit', 'claim', 'release',
    'comment', 'send_back', 'approve', 'reject', 'suspend', 'reinstate', 'revoke', 'file', 'recall', 'opine',
    'order_visit', 'pass_visit', 'fail_visit'));
