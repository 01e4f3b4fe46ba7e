-- What every few seconds or every page asks for, found by an index.
create index audit_subject_entry on audit_subject (entry_id);
