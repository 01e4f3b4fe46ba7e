-- Return-to-work passes, and the signed lists that say which of them do not hold.

create table pass_list (
    number bigint primary key,
    used bigint not null,
    changed_at bigint not null,
    signed blob,
    signed_at bigint
);
create index pass_list_changed on pass_list (changed_at);

create table pass (
    id blob primary key,
    person_id blob references person (id),
    kind text not null check (kind in ('phone', 'paper')),
    state text not null check (state in ('active', 'suspended', 'revoked')),
    sites text not null,
    list_number bigint not null references pass_list (number),
    list_index bigint not null,
    issued_at bigint not null,
    expires_at bigint not null,
    issued_by text,
    held_by text,
    revoked_by text,
    changed_at bigint not null
);
create unique index pass_place on pass (list_number, list_index);
create index pass_person on pass (person_id, issued_at, id);
create index pass_not_active on pass (list_number, list_index) where state <> 'active';
create index pass_expires on pass (expires_at);
