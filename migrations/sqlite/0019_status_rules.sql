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
    id blob primary key,
    person_id blob not null references person (id),
    reason text not null check (reason in ('confirmed_case', 'suspected_case', 'restricted_match')),
    state text not null check (state in ('pending', 'active', 'rejected', 'lifted')),
    note_sealed blob not null,
    answer_sealed blob,
    ordered_by blob not null,
    ordered_by_name text not null,
    ordered_at bigint not null,
    decided_by blob,
    decided_by_name text,
    decided_at bigint,
    lifted_by_name text,
    lifted_at bigint
);
create index red_order_person on red_order (person_id, id);
create index red_order_state on red_order (state, id);

create table appeal (
    id blob primary key,
    person_id blob not null references person (id),
    state text not null check (state in ('open', 'granted', 'refused', 'withdrawn')),
    status text not null check (status in ('green', 'amber', 'red', 'unknown')),
    words_sealed blob not null,
    answer_sealed blob,
    created_at bigint not null,
    due_at bigint not null,
    escalated_at bigint,
    decided_at bigint,
    decided_by text
);
create index appeal_person on appeal (person_id, id);
create index appeal_state on appeal (state, id);
create index appeal_due on appeal (due_at) where state = 'open' and escalated_at is null;
