-- Who is inside which site: one row a person and site, the latest passage. Entries and exits are counted apart.

create table site_presence (
    site_id blob not null,
    person_id blob not null,
    passage text not null check (passage in ('in', 'out')),
    occurred_at bigint not null,
    primary key (site_id, person_id)
);
create index site_presence_inside on site_presence (site_id, passage, occurred_at);
create index site_presence_person on site_presence (person_id);

-- People who came in and whom nobody could name, less those who left: they are inside too.
alter table head_count add column nameless bigint not null default 0;
