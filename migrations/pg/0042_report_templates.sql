-- Report templates: the district's own workbooks as versions, when their reports are made, and the reports of each day.

create table report_template (
    id uuid primary key,
    area_code text collate "C" not null,
    name text not null,
    lang text not null check (lang in ('zh', 'en')),
    version bigint not null,
    -- Minutes from local midnight; none while no report is made by itself.
    schedule_minute bigint check (schedule_minute between 0 and 1439),
    -- Days of the week, Monday the lowest bit.
    schedule_days bigint not null check (schedule_days between 1 and 127),
    scheduled_at bigint,
    keep bigint not null,
    created_at bigint not null,
    retired_at bigint
);
create index report_template_area on report_template (area_code, id);

create table report_template_version (
    template_id uuid not null references report_template (id),
    version bigint not null,
    file_name text not null,
    byte_count bigint not null,
    sha256 bytea not null,
    content_sealed bytea not null,
    by_name text not null,
    created_at bigint not null,
    primary key (template_id, version)
);

-- One a template and day, however often it is made.
create table filled_report (
    template_id uuid not null references report_template (id),
    day text collate "C" not null,
    version bigint,
    state text not null check (state in ('waiting', 'done', 'failed')),
    -- Who asked for it; empty for the schedule.
    by_name text not null,
    asked_at bigint not null,
    next_at bigint not null,
    attempts bigint not null,
    fault text,
    fault_detail text,
    byte_count bigint,
    content_sealed bytea,
    done_at bigint,
    primary key (template_id, day)
);
create index filled_report_waiting on filled_report (state, next_at);
