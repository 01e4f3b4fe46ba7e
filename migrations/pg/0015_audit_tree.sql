-- The Merkle tree over the audit log: leaves in the order in which one sequencer placed them, whole subtrees of 256, and
-- the right edge with the newest signed checkpoint.
alter table audit_entry add column placed_at bigint;
create index audit_entry_unplaced on audit_entry (id) where placed_at is null;

create table audit_leaf (
    position bigint primary key,
    entry_id uuid not null,
    hash bytea not null,
    commitments bytea not null,
    subject_at bigint,
    note_hash bytea
);
create unique index audit_leaf_entry on audit_leaf (entry_id);

create table audit_tile (
    tile bigint primary key,
    hash bytea not null
);

create table audit_tree (
    id bigint primary key,
    size bigint not null,
    edge bytea not null,
    checkpoint text,
    checkpoint_at bigint
);
insert into audit_tree (id, size, edge) values (1, 0, '');
