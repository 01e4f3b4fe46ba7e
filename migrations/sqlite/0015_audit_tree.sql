-- The Merkle tree over the audit log: leaves in the order in which one sequencer placed them, whole subtrees of 256, and
-- the right edge with the newest signed checkpoint.
-- An entry waits here until it has its leaf. The database itself sees to it, in the entry's own statement: marking the entry
-- would write it and all of its indexes a second time.
create table audit_unplaced (
    entry_id blob primary key
);
create trigger audit_entry_waits after insert on audit_entry
begin
    insert into audit_unplaced (entry_id) values (new.id);
end;
insert into audit_unplaced (entry_id) select id from audit_entry;

create table audit_leaf (
    position bigint primary key,
    entry_id blob not null,
    hash blob not null,
    commitments blob not null,
    subject_at bigint,
    note_hash blob
);
create unique index audit_leaf_entry on audit_leaf (entry_id);

create table audit_tile (
    tile bigint primary key,
    hash blob not null
);

create table audit_tree (
    id bigint primary key,
    size bigint not null,
    edge blob not null,
    checkpoint text,
    checkpoint_at bigint
);
insert into audit_tree (id, size, edge) values (1, 0, x'');
