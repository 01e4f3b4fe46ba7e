-- Status rules as versioned data; red by hand, which takes two; appeals.

create table status_rules (
    version bigint primary key,
    rules text not null,
    note text not null,
    set_by text not null,
    valid_from bigint not null
);

create index person_rule_version on person (status_rule_version, id) where merged_into is null;

create table red_order (
    id uuid primary key,
    person_id uuid not null references person (id),
    reason text not null check (reason in ('confirmed_case', 'suspected_case', 'restricted_match')),
    state text not null check (state in ('pending', 'active', 'rejected', 'lifted')),
    note_sealed bytea not null,
    answer_sealed bytea,
    ordered_by uuid not null,
    ordered_by_name text not null,
    ordered_at bigint not null,
    decided_by uuid,
    decided_by_name text,
    decided_at bigint,
    lifted_by_name text,
    lifted_at bigint
);
create index red_order_person on red_order (person_id, id);
create index red_order_state on red_order (state, id);

create table appeal (
    id uuid primary key,
    person_id uuid not null references person (id),
    state text not null check (state in ('open', 'granted', 'refused', 'withdrawn')),
    status text not null check (status in ('green', 'amber', 'red', 'unknown')),
    words_sealed bytea not null,
    answer_sealed bytea,
    created_at bigint not null,
    due_at bigint not null,
    escalated_at bigint,
    decided_at bigint,
    decided_by text
);
create index appeal_person on appeal (person_id, id);
create index appeal_state on appeal (state, id);
create index appeal_due on appeal (due_at) where state = 'open' and escalated_at is null;
