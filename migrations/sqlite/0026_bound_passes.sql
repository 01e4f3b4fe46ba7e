-- Passes that are bound to the key of one phone.

alter table pass add column holder_key blob;
