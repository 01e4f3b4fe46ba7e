-- Homes that were left lead to her file for a while only.

create index person_scope_home_left on person_scope (until_at) where home_id is not null and until_at is not null;
