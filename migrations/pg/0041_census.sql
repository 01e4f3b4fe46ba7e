-- What a census (摸排) found from door to door, beside the register of enterprises.

alter table enterprise add column address text not null default '';

-- Under what an enterprise is looked for: its code, the bare name, the name's beginning, the bare address. Removed by each change of
-- the enterprise, and filled again before anything is compared.
create table enterprise_key (
    match_key text collate "C" not null,
    enterprise_id uuid not null references enterprise (id),
    primary key (match_key, enterprise_id)
);
create index enterprise_key_enterprise on enterprise_key (enterprise_id);

create table census_import (
    id uuid primary key,
    file_name text not null,
    row_count bigint not null,
    landed bigint not null,
    known bigint not null,
    refused bigint not null,
    set_by text not null,
    set_at bigint not null
);

-- Where somebody went from door to door.
create table census_area (
    area_code text collate "C" primary key references area (code)
);

create table census_finding (
    id uuid primary key,
    import_id uuid not null references census_import (id),
    line bigint not null,
    row_digest bytea not null unique,
    area_code text collate "C" not null references area (code),
    name text not null,
    name_key text collate "C" not null,
    -- As it stands in the file: it may be none.
    credit_code text collate "C" not null,
    address text not null,
    industry text not null,
    size_class text check (size_class in ('above_scale', 'above_quota', 'below_scale', 'micro')),
    headcount bigint,
    premises text not null,
    found_on text collate "C" not null,
    -- Whom one may ask there, by whom it was found, and what was noted: sealed with the key of the import.
    contact bytea,
    outcome text not null check (outcome in ('matched', 'likely', 'new', 'conflict')),
    conflict text check (conflict in ('code_form', 'code_check', 'code_and_name', 'claimed_twice')),
    candidates text not null,
    -- The enterprise that it seems to be; no reference, for that one may be gone.
    claims_id uuid,
    state text not null check (state in ('open', 'same', 'new', 'aside')),
    enterprise_id uuid references enterprise (id),
    aside_reason text check (aside_reason in ('no_enterprise', 'closed_down', 'outside', 'repeated')),
    decision_note bytea,
    -- What stood in the register before fields were taken over, and what was written.
    taken text,
    decided_by text,
    decided_at bigint,
    revision bigint not null,
    created_at bigint not null,
    check ((outcome = 'conflict') = (conflict is not null)),
    check ((state in ('same', 'new')) = (enterprise_id is not null)),
    check ((state = 'aside') = (aside_reason is not null)),
    check ((state = 'open') = (decided_at is null))
);
create index census_finding_import on census_finding (import_id, id);
create index census_finding_area on census_finding (area_code, id);
create index census_finding_name on census_finding (name_key, id);
create index census_finding_enterprise on census_finding (enterprise_id);
create index census_finding_claims on census_finding (claims_id) where state = 'open';
