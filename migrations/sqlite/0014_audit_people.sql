-- Whom a page showed stands in its entry at once and is indexed a moment later: fifty places of an index are fifty pages
-- to write before anything is shown.
alter table audit_entry add column people text;
create index audit_entry_people on audit_entry (id) where people is not null;
