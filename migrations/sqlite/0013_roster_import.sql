-- Roster imports: the file in sealed pieces, mapped by hand or by a remembered layout, checked, landed, taken up again.
-- An import lives for a day; none is carried over.

drop table people_import;
create table people_import (
    id blob primary key,
    account_id blob not null,
    upload_key text not null,
    site_id blob not null,
    enterprise_id blob,
    area_code text not null,
    form text not null check (form in ('csv', 'xlsx')),
    state text not null check (state in
        ('uploading', 'reading', 'ready', 'checking', 'checked', 'landing', 'done', 'failed', 'cancelled')),
    then_do text check (then_do in ('check', 'land')),
    stopped_in text,
    preview_sealed blob,
    layout text,
    byte_count bigint not null default 0,
    row_count bigint not null default 0,
    done_count bigint not null default 0,
    created_count bigint not null default 0,
    updated_count bigint not null default 0,
    unchanged_count bigint not null default 0,
    left_count bigint not null default 0,
    failed_count bigint not null default 0,
    error text,
    created_at bigint not null,
    finished_at bigint
);
create unique index people_import_upload on people_import (account_id, upload_key);
create index people_import_account on people_import (account_id, id);
create index people_import_created on people_import (created_at);

create table people_import_piece (
    import_id blob not null references people_import (id),
    part text not null check (part in ('file', 'refused')),
    seq bigint not null,
    sealed blob not null,
    primary key (import_id, part, seq)
);

create table people_import_layout (
    owner_id blob not null,
    fingerprint blob not null,
    layout text not null,
    used_at bigint not null,
    primary key (owner_id, fingerprint)
);

-- Real-name roster of a construction project: who employs the worker there, her trade and part.
alter table employment add column employer_name text;
alter table employment add column employer_credit_code text;
alter table employment add column employer_kind text;
alter table employment add column trade text;
alter table employment add column crew_role text;
