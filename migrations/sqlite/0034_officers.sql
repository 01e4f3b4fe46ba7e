-- Officers (专员) sign in: a role of their own. SQLite cannot change a check, and an account is what applications refer to: its role
-- moves into a column with the new check. The empty word that a new column must begin with is no role, and opens nothing.

alter table account rename column role to old_role;
alter table account add column role text not null default '' check (role in ('', 'administrator', 'command', 'enterprise',
    'guard', 'health_authority', 'auditor', 'reviewer', 'officer'));
update account set role = old_role;
alter table account drop column old_role;

-- What an account was granted by hand has no basis and no end; what an officer reaches follows from what is assigned to him, which
-- is the basis, and only while it is.
alter table account_grant rename to old_account_grant;
create table account_grant (
    account_id blob not null references account (id),
    kind text not null check (kind in ('area', 'enterprise', 'site', 'premises')),
    value text not null,
    label text not null,
    area_code text not null default '',
    basis text not null default '',
    from_at bigint not null default 0,
    until_at bigint not null default 9223372036854775807,
    primary key (account_id, kind, value, basis)
);
insert into account_grant (account_id, kind, value, label, area_code) select account_id, kind, value, label, area_code from old_account_grant;
drop table old_account_grant;

-- Buildings, malls and compounds that somebody answers for as a whole. Degrees are WGS-84.
create table premises (
    id blob primary key,
    kind text not null check (kind in ('building', 'mall', 'compound')),
    area_code text not null references area (code),
    name text not null,
    name_key text not null,
    address text not null,
    lon_deg real,
    lat_deg real,
    created_at bigint not null,
    check ((lon_deg is null) = (lat_deg is null))
);
create index premises_area on premises (area_code, id);
create index premises_name on premises (name_key, id);

alter table site add column premises_id blob references premises (id);
create index site_premises on site (premises_id, id);

-- One row, which every change of what officers answer for takes first: what they may see is worked out anew in the same
-- transaction, from all that was assigned, so two changes must not look past each other.
create table duty_board (
    id bigint primary key check (id = 1),
    changed_at bigint not null
);
insert into duty_board (id, changed_at) values (1, 0);

create table officer_handover (
    id blob primary key,
    from_id blob not null references account (id),
    to_id blob not null references account (id),
    note text not null,
    assignments bigint not null,
    done_by text not null,
    done_at bigint not null
);
create index officer_handover_from on officer_handover (from_id, id);
create index officer_handover_to on officer_handover (to_id, id);

create table officer_assignment (
    id blob primary key,
    officer_id blob not null references account (id),
    kind text not null check (kind in ('enterprise_officer', 'supervisor', 'responsible_official', 'grid_worker')),
    enterprise_id blob references enterprise (id),
    premises_id blob references premises (id),
    from_at bigint not null,
    until_at bigint,
    handover_id blob references officer_handover (id),
    set_by text not null,
    set_at bigint not null,
    ended_by text,
    check ((enterprise_id is null) <> (premises_id is null))
);
create index officer_assignment_officer on officer_assignment (officer_id, id);
create index officer_assignment_enterprise on officer_assignment (enterprise_id, id);
create index officer_assignment_premises on officer_assignment (premises_id, id);

create table officer_substitute (
    id blob primary key,
    officer_id blob not null references account (id),
    substitute_id blob not null references account (id),
    from_at bigint not null,
    until_at bigint not null,
    note text not null,
    set_by text not null,
    set_at bigint not null,
    check (officer_id <> substitute_id),
    check (from_at <= until_at)
);
create index officer_substitute_officer on officer_substitute (officer_id, until_at);
create index officer_substitute_substitute on officer_substitute (substitute_id, until_at);

-- Shapes of areas, checked and simplified when they come in. Degrees are WGS-84.
create table area_shape (
    area_code text primary key references area (code),
    polygons text not null,
    west_deg real not null,
    south_deg real not null,
    east_deg real not null,
    north_deg real not null,
    points bigint not null,
    set_by text not null,
    set_at bigint not null
);
