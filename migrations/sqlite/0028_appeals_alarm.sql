-- Appeals that nobody answered in time are an alarm of the district's command, closed as settled.
-- SQLite cannot change a check: the tables are made anew, the one that others refer to first.

alter table alarm rename to old_alarm;
alter table alarm_fold rename to old_alarm_fold;
alter table alarm_screening rename to old_alarm_screening;
alter table alarm_step rename to old_alarm_step;

create table alarm (
    id blob primary key,
    kind text not null check (kind in ('fever_suspected', 'stranger', 'entered_against_verdict', 'device_silent',
        'device_untrusted', 'disk_space', 'clock_offset', 'device_quota', 'appeal_late')),
    severity text not null check (severity in ('info', 'warning', 'critical')),
    state text not null check (state in ('raised', 'acknowledged', 'handling', 'closed')),
    level text not null check (level in ('gate', 'site', 'area')),
    area_code text not null,
    enterprise_id blob,
    site_id blob,
    gate_id blob,
    gate_name text,
    device_id blob,
    person_id blob,
    screening_id blob,
    times bigint not null check (times > 0),
    first_raised_at bigint not null,
    last_raised_at bigint not null,
    acknowledged_at bigint,
    acknowledged_by text,
    closed_at bigint,
    outcome text check (outcome in ('cleared', 'fever_confirmed', 'removed', 'false_alarm', 'repaired',
        'settled')),
    check ((state = 'closed') = (closed_at is not null)),
    check ((state = 'closed') = (outcome is not null))
);
insert into alarm select * from old_alarm;

create table alarm_fold (
    fold_key text primary key,
    alarm_id blob not null references alarm (id) deferrable initially deferred,
    raised_at bigint not null,
    until_at bigint not null
);
insert into alarm_fold select * from old_alarm_fold;

create table alarm_screening (
    screening_id blob not null,
    alarm_id blob not null references alarm (id),
    primary key (screening_id, alarm_id)
);
insert into alarm_screening select * from old_alarm_screening;

create table alarm_step (
    id blob primary key,
    alarm_id blob not null references alarm (id),
    at bigint not null,
    actor text not null,
    kind text not null check (kind in ('raised', 'acknowledged', 'escalated', 'recheck', 'isolate', 'disinfect',
        'hospital', 'clinical_reading', 'note', 'closed')),
    level text check (level in ('gate', 'site', 'area')),
    outcome text check (outcome in ('cleared', 'fever_confirmed', 'removed', 'false_alarm', 'repaired',
        'settled')),
    note_sealed blob,
    note_person blob
);
insert into alarm_step select * from old_alarm_step;

drop table old_alarm_step;
drop table old_alarm_screening;
drop table old_alarm_fold;
drop table old_alarm;

create index alarm_area on alarm (area_code, id);
create index alarm_enterprise on alarm (enterprise_id, id);
create index alarm_site on alarm (site_id, id);
create index alarm_open on alarm (id) where closed_at is null;
create index alarm_gate_open on alarm (gate_id, id) where closed_at is null;
create index alarm_unacknowledged on alarm (first_raised_at) where state = 'raised';
create index alarm_person on alarm (person_id) where person_id is not null;
create index alarm_fold_alarm on alarm_fold (alarm_id);
create index alarm_step_alarm on alarm_step (alarm_id, at, id);
create index alarm_step_person on alarm_step (note_person) where note_person is not null;
