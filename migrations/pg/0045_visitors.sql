-- Who comes without working there: announced visitors, coaches with their manifests, vehicles at gates; whose screening it was then.

create table visitor (
    id uuid primary key,
    site_id uuid not null references site (id),
    enterprise_id uuid,
    area_code text not null,
    host_person_id uuid,
    host_name text not null,
    person_id uuid,
    code_digest bytea not null unique,
    phone_digest bytea not null,
    plate_digest bytea,
    state text not null check (state in ('requested', 'announced', 'refused', 'cancelled')),
    from_at bigint not null,
    until_at bigint not null,
    start_minute bigint not null,
    end_minute bigint not null,
    fit boolean,
    declared_at bigint,
    details_sealed bytea not null,
    note text,
    created_at bigint not null,
    decided_by text,
    decided_at bigint,
    arrived_at bigint,
    left_at bigint
);

create index visitor_area on visitor (area_code, id);
create index visitor_enterprise on visitor (enterprise_id, id);
create index visitor_site on visitor (site_id, until_at);
create index visitor_host on visitor (host_person_id, id) where host_person_id is not null;
create index visitor_person on visitor (person_id) where person_id is not null;
create index visitor_phone on visitor (phone_digest);
create index visitor_plate on visitor (plate_digest, site_id) where plate_digest is not null;
create index visitor_until on visitor (until_at);

create table coach (
    id uuid primary key,
    site_id uuid not null references site (id),
    enterprise_id uuid,
    area_code text not null,
    code_digest bytea not null unique,
    plate text not null,
    carrier text not null,
    seats bigint not null,
    crew bigint not null,
    from_place text not null,
    departs_at bigint not null,
    state text not null check (state in ('planned', 'checked', 'arrived', 'cancelled')),
    details_sealed bytea not null,
    created_by text not null,
    created_at bigint not null,
    checked_by text,
    checked_at bigint,
    received_by text,
    ended_at bigint,
    note text
);

create index coach_area on coach (area_code, id);
create index coach_enterprise on coach (enterprise_id, id);
create index coach_site on coach (site_id, id);
create index coach_plate on coach (plate, departs_at);
create index coach_departs on coach (departs_at);

create table passenger (
    id uuid primary key,
    coach_id uuid not null references coach (id),
    seat text not null,
    person_id uuid,
    document_digest bytea not null,
    code_digest bytea not null unique,
    details_sealed bytea not null,
    aboard boolean not null,
    fit boolean,
    checked_by text,
    checked_at bigint,
    admitted_gate_id uuid,
    admitted_at bigint,
    unique (coach_id, seat),
    unique (coach_id, document_digest)
);

create index passenger_person on passenger (person_id) where person_id is not null;

create table vehicle_passage (
    id uuid primary key,
    event_key text not null unique,
    gate_id uuid not null,
    site_id uuid not null,
    enterprise_id uuid,
    area_code text not null,
    passage text not null check (passage in ('in', 'out')),
    basis text not null check (basis in ('visitor', 'coach', 'unannounced')),
    outcome text not null check (outcome in ('admitted', 'turned_away')),
    visitor_id uuid,
    coach_id uuid,
    plate_digest bytea not null,
    plate_sealed bytea not null,
    occupants bigint not null,
    quick boolean not null,
    note text,
    by_name text not null,
    occurred_at bigint not null,
    received_at bigint not null
);

create index vehicle_passage_area on vehicle_passage (area_code, id);
create index vehicle_passage_enterprise on vehicle_passage (enterprise_id, id);
create index vehicle_passage_site on vehicle_passage (site_id, id);
create index vehicle_passage_gate on vehicle_passage (gate_id, id);
create index vehicle_passage_plate on vehicle_passage (plate_digest, id);
create index vehicle_passage_coach on vehicle_passage (coach_id, id) where coach_id is not null;

alter table screening add column guest_id uuid;

create index screening_guest on screening (guest_id, id) where guest_id is not null;
