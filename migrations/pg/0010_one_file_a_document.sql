-- One person, one file: a document is in the index once.
create unique index person_index_document on person_index (digest) where field = 'document';
