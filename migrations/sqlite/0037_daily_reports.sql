-- Daily reports: what an enterprise or a construction project says of a day, its supplies, and electricity.

-- Who reports: an enterprise with an open site that is no construction project, and each open construction project.
create index site_unit on site (enterprise_id, kind) where open_state = 'open';

create table daily_report (
    id blob primary key,
    unit_id blob not null,
    enterprise_id blob not null references enterprise (id),
    site_id blob references site (id),
    area_code text not null,
    day text not null,
    planned bigint not null check (planned >= 0),
    on_duty bigint not null check (on_duty >= 0),
    from_affected bigint not null check (from_affected >= 0),
    abnormal bigint not null check (abnormal >= 0),
    isolated bigint not null check (isolated >= 0),
    electricity_kwh bigint check (electricity_kwh >= 0),
    note text not null,
    -- Different people whom the gates let in that day, when it was last looked at; null where no gate reports.
    seen bigint,
    seen_at bigint,
    -- Codes of what does not fit together, with a space between.
    doubts text not null,
    late boolean not null,
    revision bigint not null,
    filed_by text not null,
    filed_at bigint not null,
    changed_at bigint not null
);
create unique index daily_report_unit on daily_report (unit_id, day);
create index daily_report_day on daily_report (day, area_code, id);
create index daily_report_enterprise on daily_report (enterprise_id, day);
create index daily_report_site on daily_report (site_id, day) where site_id is not null;
create index daily_report_unseen on daily_report (day, id) where seen_at is null;

create table report_supply (
    report_id blob not null references daily_report (id),
    item text not null,
    stock bigint not null check (stock >= 0),
    received bigint not null check (received >= 0),
    -- Null at the first report of an item: what was there before is not known.
    used bigint check (used >= 0),
    primary key (report_id, item)
);

-- What each unit has now: of its latest report.
create table supply_stock (
    unit_id blob not null,
    item text not null,
    enterprise_id blob not null references enterprise (id),
    site_id blob references site (id),
    area_code text not null,
    day text not null,
    stock bigint not null,
    -- Used a day, in hundredths; what is not used up is 0.
    burn_centi bigint not null,
    -- Days that the stock lasts, in tenths; null where nothing is used.
    days_left_deci bigint,
    gap bigint not null,
    primary key (unit_id, item)
);
create index supply_stock_item on supply_stock (item, area_code);
create index supply_stock_area on supply_stock (area_code, unit_id, item);
create index supply_stock_enterprise on supply_stock (enterprise_id);

create table report_reminder (
    unit_id blob not null,
    day text not null,
    reminded_at bigint not null,
    reminded_by text not null,
    primary key (unit_id, day)
);

create table electricity_day (
    enterprise_id blob not null references enterprise (id),
    day text not null,
    source text not null check (source in ('meter', 'import', 'report')),
    area_code text not null,
    kwh bigint not null check (kwh >= 0),
    set_by text not null,
    set_at bigint not null,
    primary key (enterprise_id, day, source)
);
create index electricity_day_day on electricity_day (day, area_code);

create table electricity_baseline (
    enterprise_id blob primary key references enterprise (id),
    area_code text not null,
    kwh_a_day bigint not null check (kwh_a_day > 0),
    set_by text not null,
    set_at bigint not null
);
