-- A census finds buildings, malls and compounds as well: compared with the premises of the register. SQLite cannot change a check:
-- the table is written anew.

alter table census_finding rename to census_finding_before;
create table census_finding (
    id blob primary key,
    import_id blob not null references census_import (id),
    line bigint not null,
    row_digest blob not null unique,
    area_code text not null references area (code),
    name text not null,
    name_key text not null,
    -- As it stands in the file: it may be none.
    credit_code text not null,
    address text not null,
    industry text not null,
    size_class text check (size_class in ('above_scale', 'above_quota', 'below_scale', 'micro')),
    headcount bigint,
    premises text not null,
    found_on text not null,
    -- Whom one may ask there, by whom it was found, and what was noted: sealed with the key of the import.
    contact blob,
    outcome text not null check (outcome in ('matched', 'likely', 'new', 'conflict')),
    conflict text check (conflict in ('code_form', 'code_check', 'code_and_name', 'claimed_twice')),
    candidates text not null,
    -- The enterprise, or the premises, that it seems to be; no reference, for that one may be gone.
    claims_id blob,
    state text not null check (state in ('open', 'same', 'new', 'aside')),
    enterprise_id blob references enterprise (id),
    aside_reason text check (aside_reason in ('no_enterprise', 'no_premises', 'closed_down', 'outside', 'repeated')),
    decision_note blob,
    -- What stood in the register before fields were taken over, and what was written.
    taken text,
    decided_by text,
    decided_at bigint,
    revision bigint not null,
    created_at bigint not null,
    kind text not null default 'enterprise' check (kind in ('enterprise', 'building', 'mall', 'compound')),
    -- What of the premises it is, as enterprise_id says for enterprises; claims_id is either, by the kind.
    premises_id blob references premises (id),
    check ((outcome = 'conflict') = (conflict is not null)),
    check ((state in ('same', 'new')) = (enterprise_id is not null or premises_id is not null)),
    check (enterprise_id is null or kind = 'enterprise'),
    check (premises_id is null or kind <> 'enterprise'),
    check ((state = 'aside') = (aside_reason is not null)),
    check ((state = 'open') = (decided_at is null))
);
insert into census_finding (id, import_id, line, row_digest, area_code, name, name_key, credit_code, address, industry,
    size_class, headcount, premises, found_on, contact, outcome, conflict, candidates, claims_id, state, enterprise_id,
    aside_reason, decision_note, taken, decided_by, decided_at, revision, created_at)
    select id, import_id, line, row_digest, area_code, name, name_key, credit_code, address, industry, size_class, headcount,
    premises, found_on, contact, outcome, conflict, candidates, claims_id, state, enterprise_id, aside_reason, decision_note,
    taken, decided_by, decided_at, revision, created_at from census_finding_before;
drop table census_finding_before;
create index census_finding_import on census_finding (import_id, id);
create index census_finding_area on census_finding (area_code, id);
create index census_finding_name on census_finding (name_key, id);
create index census_finding_enterprise on census_finding (enterprise_id);
create index census_finding_claims on census_finding (claims_id) where state = 'open';
create index census_finding_premises on census_finding (premises_id);
