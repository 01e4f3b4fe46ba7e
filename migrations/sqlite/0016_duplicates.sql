-- Possible duplicates: two files that may be one person's. A merge moves employments and leaves the rest where it is sealed,
-- so that it can be undone.
alter table person add column merged_into blob;
create index person_merged on person (merged_into) where merged_into is not null;

create table duplicate_pair (
    id blob primary key,
    first_id blob not null references person (id),
    second_id blob not null references person (id),
    birth_date_known boolean not null,
    state text not null check (state in ('open', 'merged', 'distinct')),
    kept_id blob,
    moved text,
    health_sealed blob,
    found_at bigint not null,
    decided_at bigint,
    decided_by text
);
create unique index duplicate_pair_people on duplicate_pair (first_id, second_id);
create index duplicate_pair_second on duplicate_pair (second_id);
create index duplicate_pair_kept on duplicate_pair (kept_id) where kept_id is not null;
create index duplicate_pair_state on duplicate_pair (state, id);
