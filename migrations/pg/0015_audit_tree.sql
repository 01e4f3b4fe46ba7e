-- The Merkle tree over the audit log: leaves in the order in which one sequencer placed them, whole subtrees of 256, and
-- the right edge with the newest signed checkpoint.
-- An entry waits here until it has its leaf. The database itself sees to it, in the entry's own statement: marking the entry
-- would write it and all of its indexes a second time.
create table audit_unplaced (
    entry_id uuid primary key
);
create function audit_entry_waits() returns trigger language plpgsql as $$
begin
    insert into audit_unplaced (entry_id) values (new.id);
    return null;
end
$$;
create trigger audit_entry_waits after insert on audit_entry for each row execute function audit_entry_waits();
insert into audit_unplaced (entry_id) select id from audit_entry;

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
