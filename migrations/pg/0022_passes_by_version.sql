-- Lists are signed by version, not by clock; holding back is about a person; a purge finds its people by index.

alter table pass_list add column version bigint not null default 1;
alter table pass_list add column signed_version bigint not null default 0;

create table pass_hold (
    person_id uuid primary key references person (id),
    held_by text not null,
    held_at bigint not null
);

create index declaration_purge on declaration (response_id, person_id);
create index temperature_record_purge on temperature_record (response_id, person_id);
create index consent_refused on consent (purpose, person_id, decided_at) where state in ('refused', 'withdrawn');

update declaration set response_id = (
    select r.id from response r
    where r.purposes like '%screening%' and r.starts_at <= declaration.declared_at
      and exists (select 1 from person_scope ps join person q on q.merged_into = ps.person_id
                  where q.id = declaration.person_id and substr(ps.area_code, 1, length(r.area_code)) = r.area_code)
    order by r.starts_at desc, r.id desc limit 1) where response_id is null;
update temperature_record set response_id = (
    select r.id from response r
    where r.purposes like '%screening%' and r.starts_at <= temperature_record.taken_at
      and exists (select 1 from person_scope ps join person q on q.merged_into = ps.person_id
                  where q.id = temperature_record.person_id and substr(ps.area_code, 1, length(r.area_code)) = r.area_code)
    order by r.starts_at desc, r.id desc limit 1) where response_id is null;
