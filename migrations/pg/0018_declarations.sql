-- What workers say of their health and where they have been; temperatures that the listed occupations measure twice a day.

alter table person add column declared_at bigint;
alter table employment add column occupation text
    check (occupation in ('driver', 'courier', 'cook', 'waiter', 'property_guard', 'cleaner'));

update employment set occupation = case
    when lower(replace(post, ' ', '')) like '%司机%' or lower(replace(post, ' ', '')) like '%驾驶员%' or lower(replace(post, ' ', '')) like '%driver%' then 'driver'
    when lower(replace(post, ' ', '')) like '%快递%' or lower(replace(post, ' ', '')) like '%外卖%' or lower(replace(post, ' ', '')) like '%骑手%' or lower(replace(post, ' ', '')) like '%配送%' or lower(replace(post, ' ', '')) like '%送货%' or lower(replace(post, ' ', '')) like '%courier%' then 'courier'
    when lower(replace(post, ' ', '')) like '%厨师%' or lower(replace(post, ' ', '')) like '%厨工%' or lower(replace(post, ' ', '')) like '%炊事%' or lower(replace(post, ' ', '')) like '%帮厨%' or lower(replace(post, ' ', '')) like '%cook%' or lower(replace(post, ' ', '')) like '%chef%' then 'cook'
    when lower(replace(post, ' ', '')) like '%服务员%' or lower(replace(post, ' ', '')) like '%waiter%' or lower(replace(post, ' ', '')) like '%waitress%' then 'waiter'
    when lower(replace(post, ' ', '')) like '%保安%' or lower(replace(post, ' ', '')) like '%门卫%' or lower(replace(post, ' ', '')) like '%护卫%' or lower(replace(post, ' ', '')) like '%guard%' then 'property_guard'
    when lower(replace(post, ' ', '')) like '%保洁%' or lower(replace(post, ' ', '')) like '%清洁%' or lower(replace(post, ' ', '')) like '%环卫%' or lower(replace(post, ' ', '')) like '%cleaner%' then 'cleaner'
    end
where post is not null;

create table declaration (
    id uuid primary key,
    person_id uuid not null references person (id),
    declared_at bigint not null,
    received_at bigint not null,
    source text not null check (source in ('self', 'slip', 'enterprise')),
    declared_by text,
    unchanged boolean not null,
    client_key text not null,
    answers_sealed bytea not null
);
create unique index declaration_once on declaration (person_id, client_key);
create index declaration_person on declaration (person_id, declared_at, id);

create table itinerary_leg (
    id uuid primary key,
    person_id uuid not null references person (id),
    declaration_id uuid not null references declaration (id),
    trip_digest bytea not null,
    leg_sealed bytea not null
);
create index itinerary_leg_trip on itinerary_leg (trip_digest, person_id);
create index itinerary_leg_person on itinerary_leg (person_id);
create index itinerary_leg_declaration on itinerary_leg (declaration_id);

create table temperature_record (
    id uuid primary key,
    person_id uuid not null references person (id),
    taken_at bigint not null,
    received_at bigint not null,
    source text not null check (source in ('self', 'slip', 'enterprise')),
    recorded_by text,
    client_key text not null,
    temperature_sealed bytea not null
);
create unique index temperature_record_once on temperature_record (person_id, client_key);
create index temperature_record_person on temperature_record (person_id, taken_at);

create table reminder (
    person_id uuid not null references person (id),
    about text not null check (about in ('declaration', 'temperature')),
    window_start bigint not null,
    sent_at bigint not null,
    primary key (person_id, about, window_start)
);
create index reminder_sent on reminder (sent_at);
