-- Consents; which response a declaration or a temperature hangs on; when a response's data goes.

alter table response add column retention_days bigint not null default 30 check (retention_days between 1 and 180);
alter table response add column purged_at bigint;
create index response_unpurged on response (ends_at) where ends_at is not null and purged_at is null;

alter table declaration add column response_id uuid references response (id);
create index declaration_response on declaration (response_id, id);
alter table temperature_record add column response_id uuid references response (id);
create index temperature_record_response on temperature_record (response_id, id);

-- What was declared before hangs on the newest response for screening that covered her workplace then.
update declaration set response_id = (
    select r.id from response r
    where r.purposes like '%screening%' and r.starts_at <= declaration.declared_at
      and exists (select 1 from person_scope ps where ps.person_id = declaration.person_id
                  and substr(ps.area_code, 1, length(r.area_code)) = r.area_code)
    order by r.starts_at desc, r.id desc limit 1);
update temperature_record set response_id = (
    select r.id from response r
    where r.purposes like '%screening%' and r.starts_at <= temperature_record.taken_at
      and exists (select 1 from person_scope ps where ps.person_id = temperature_record.person_id
                  and substr(ps.area_code, 1, length(r.area_code)) = r.area_code)
    order by r.starts_at desc, r.id desc limit 1);

create table consent (
    id uuid primary key,
    person_id uuid not null references person (id),
    response_id uuid not null references response (id),
    purpose text not null check (purpose in ('location', 'face', 'matching')),
    state text not null check (state in ('given', 'refused', 'withdrawn', 'expired', 'replaced')),
    text_version bigint not null,
    text_lang text not null check (text_lang in ('zh', 'en')),
    text_digest bytea not null,
    channel text not null check (channel in ('phone', 'paper')),
    age_basis text not null check (age_basis in ('document', 'stated', 'guardian')),
    guardian_sealed bytea,
    recorded_by text,
    decided_at bigint not null,
    ended_at bigint,
    erase_at bigint,
    erased_at bigint,
    check (age_basis <> 'guardian' or guardian_sealed is not null)
);
create unique index consent_standing on consent (person_id, purpose) where state in ('given', 'refused');
create index consent_person on consent (person_id, id);
create index consent_of_response on consent (response_id, id) where state = 'given';
create index consent_erase on consent (erase_at) where erase_at is not null and erased_at is null;
