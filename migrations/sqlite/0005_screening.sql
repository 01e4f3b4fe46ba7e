-- Screenings, gate rules, head counts, hourly aggregates.

create table screening (
    id blob primary key,
    event_key text not null unique,
    journal_id blob,
    device_id blob,
    gate_id blob not null,
    lane bigint not null,
    passage text not null check (passage in ('in', 'out')),
    site_id blob not null,
    enterprise_id blob,
    area_code text not null,
    person_id blob,
    employment_id blob,
    method text not null,
    live boolean not null,
    device_at bigint,
    device_time_raw text not null,
    received_at bigint not null,
    occurred_at bigint not null,
    occurred_basis text not null check (occurred_basis in ('device', 'corrected', 'received')),
    event_no bigint,
    temperature_c double precision,
    mask text not null check (mask in ('worn', 'missing', 'worn_wrong', 'unknown')),
    outcome text not null check (outcome in ('admit', 'correct', 'recheck', 'hold', 'deny')),
    public_reasons text not null,
    detail_sealed blob,
    rule_version bigint not null,
    terminal_granted boolean,
    against_verdict boolean not null,
    waiting boolean not null,
    override_sealed blob,
    clinical_sealed blob,
    check (person_id is null or temperature_c is null)
);
create index screening_area on screening (area_code, id);
create index screening_enterprise on screening (enterprise_id, id);
create index screening_site on screening (site_id, id);
create index screening_gate on screening (gate_id, id);
create index screening_person on screening (person_id, id) where person_id is not null;
create index screening_device on screening (device_id, id) where device_id is not null;
create index screening_occurred on screening (occurred_at, id);
create index screening_waiting on screening (gate_id, id) where waiting;

create table gate_rules (
    version bigint primary key,
    site_id blob,
    rules text not null,
    note text not null,
    set_by text not null,
    valid_from bigint not null
);
create index gate_rules_site on gate_rules (site_id, version);

create table head_count (
    site_id blob not null,
    day bigint not null,
    entered bigint not null,
    gone bigint not null,
    primary key (site_id, day)
);

create table screening_hour (
    site_id blob not null,
    hour bigint not null,
    outcome text not null,
    area_code text not null,
    enterprise_id blob,
    n bigint not null,
    primary key (site_id, hour, outcome)
);
create index screening_hour_hour on screening_hour (hour, area_code);
