-- Departments' reviewers (审核人) sign in: a role of their own. SQLite cannot change a check: the tables are made anew, the one that
-- others refer to first.

alter table account rename to old_account;
alter table account_grant rename to old_account_grant;
alter table invitation rename to old_invitation;
alter table session rename to old_session;

create table account (
    id blob primary key,
    login text not null unique,
    display_name text not null,
    role text not null check (role in ('administrator', 'command', 'enterprise', 'guard', 'health_authority', 'auditor',
        'reviewer')),
    password_hash text,
    pin_hash text,
    totp_sealed blob,
    totp_last_step bigint not null default 0,
    disabled boolean not null default false,
    last_signed_in_at bigint,
    created_at bigint not null
);
insert into account (id, login, display_name, role, password_hash, pin_hash, totp_sealed, totp_last_step, disabled, last_signed_in_at, created_at) select id, login, display_name, role, password_hash, pin_hash, totp_sealed, totp_last_step, disabled, last_signed_in_at, created_at from old_account;

create table account_grant (
    account_id blob not null references account (id),
    kind text not null check (kind in ('area', 'enterprise', 'site')),
    value text not null,
    label text not null,
    area_code text not null default '',
    primary key (account_id, kind, value)
);
insert into account_grant (account_id, kind, value, label, area_code) select account_id, kind, value, label, area_code from old_account_grant;

create table invitation (
    token_digest blob primary key,
    account_id blob not null references account (id),
    totp_sealed blob,
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint
);
insert into invitation (token_digest, account_id, totp_sealed, created_at, expires_at, used_at) select token_digest, account_id, totp_sealed, created_at, expires_at, used_at from old_invitation;

create table session (
    token_digest blob primary key,
    account_id blob not null references account (id),
    csrf_token text not null,
    gate_id blob,
    created_at bigint not null,
    expires_at bigint not null
);
insert into session (token_digest, account_id, csrf_token, gate_id, created_at, expires_at) select token_digest, account_id, csrf_token, gate_id, created_at, expires_at from old_session;

drop table old_session;
drop table old_invitation;
drop table old_account_grant;
drop table old_account;

create index session_account on session (account_id);
create index session_expires on session (expires_at);
