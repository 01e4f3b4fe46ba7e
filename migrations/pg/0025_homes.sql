-- Homes: a second way to a person's file, beside her employments.

create table home (
    id uuid primary key,
    person_id uuid not null references person (id),
    response_id uuid not null references response (id),
    area_code text collate "C" not null,
    kind text not null check (kind in ('family', 'rented', 'dormitory', 'other')),
    compound_digest bytea not null,
    dwelling_digest bytea not null,
    address_sealed bytea not null,
    recorded_by text,
    from_at bigint not null,
    until_at bigint,
    created_at bigint not null
);
create index home_person on home (person_id, id);
create index home_dwelling on home (dwelling_digest) where until_at is null;
create index home_compound on home (compound_digest) where until_at is null;
create index home_area on home (area_code, id) where until_at is null;
create index home_purge on home (response_id, person_id);

-- A row for each employment and for each home, so neither can be the key.
alter table person_scope rename to person_scope_before;
alter index person_scope_pkey rename to person_scope_before_pkey;
create table person_scope (
    id uuid primary key,
    employment_id uuid references employment (id),
    home_id uuid references home (id),
    person_id uuid not null references person (id),
    area_code text collate "C" not null,
    enterprise_id uuid,
    site_id uuid,
    from_at bigint not null,
    until_at bigint,
    check ((employment_id is null) <> (home_id is null)),
    check (home_id is null or (enterprise_id is null and site_id is null))
);
insert into person_scope (id, employment_id, person_id, area_code, enterprise_id, site_id, from_at, until_at)
    select employment_id, employment_id, person_id, area_code, enterprise_id, site_id, from_at, until_at
    from person_scope_before;
drop table person_scope_before;
create unique index person_scope_employment on person_scope (employment_id);
create unique index person_scope_home on person_scope (home_id);
create index person_scope_person on person_scope (person_id, area_code);
create index person_scope_area on person_scope (area_code, person_id);
create index person_scope_enterprise on person_scope (enterprise_id, person_id);
create index person_scope_site on person_scope (site_id, person_id);
