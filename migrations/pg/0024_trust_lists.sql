-- Trust lists of foreign certificates, as operators import them; the newest version holds.

create table trust_list (
    version bigint primary key,
    file_name text not null,
    keys text not null,
    revocations text not null,
    dcc_count bigint not null,
    shc_count bigint not null,
    revoked_count bigint not null,
    skipped text not null,
    note text not null,
    imported_by text not null,
    imported_at bigint not null
);
