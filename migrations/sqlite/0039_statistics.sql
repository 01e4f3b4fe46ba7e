-- Statistics: aggregates of each day by area, industry and size; of applications by the day they were sent; exports.

-- One row for the enterprises of a community (or of what holds them), a section of GB/T 4754 and a size. A closed day stays.
create table statistic_day (
    day text not null,
    area_code text not null,
    industry_section text not null,
    size_class text not null,
    enterprises bigint not null,
    enterprises_open bigint not null,
    headcount bigint not null,
    headcount_open bigint not null,
    reports_due bigint not null,
    reports_filed bigint not null,
    planned bigint not null,
    on_duty bigint not null,
    from_affected bigint not null,
    abnormal bigint not null,
    isolated bigint not null,
    electricity_enterprises bigint not null,
    electricity_kwh bigint not null,
    electricity_baseline_kwh bigint not null,
    primary key (day, area_code, industry_section, size_class)
) without rowid;

-- The same summed over every area above and over all industries and sizes ('*'), so that a page reads a few rows.
create table statistic_sum (
    area_code text not null,
    industry_section text not null,
    size_class text not null,
    day text not null,
    enterprises bigint not null,
    enterprises_open bigint not null,
    headcount bigint not null,
    headcount_open bigint not null,
    reports_due bigint not null,
    reports_filed bigint not null,
    planned bigint not null,
    on_duty bigint not null,
    from_affected bigint not null,
    abnormal bigint not null,
    isolated bigint not null,
    electricity_enterprises bigint not null,
    electricity_kwh bigint not null,
    electricity_baseline_kwh bigint not null,
    primary key (area_code, industry_section, size_class, day)
) without rowid;
create index statistic_sum_day on statistic_sum (day, area_code);

-- When a day was computed, and whether what holds at one moment only is settled.
create table statistic_state (
    day text primary key,
    computed_at bigint not null,
    closed boolean not null
);

-- Applications begun on a day; of those first sent on a day, how far they came.
create table statistic_application (
    day text not null,
    area_code text not null,
    industry_section text not null,
    size_class text not null,
    begun bigint not null,
    submitted bigint not null,
    returned bigint not null,
    inspected bigint not null,
    approved bigint not null,
    filed bigint not null,
    rejected bigint not null,
    replied bigint not null,
    replied_in_time bigint not null,
    decided bigint not null,
    decided_in_time bigint not null,
    primary key (day, area_code, industry_section, size_class)
) without rowid;

-- Of those first sent on a day: how many waited so many hours, begun hours counting whole.
create table statistic_wait (
    day text not null,
    area_code text not null,
    industry_section text not null,
    size_class text not null,
    wait text not null check (wait in ('reply', 'decision')),
    hours bigint not null,
    n bigint not null,
    primary key (day, area_code, industry_section, size_class, wait, hours)
) without rowid;

-- What daily reports say is in store, per goods.
create table statistic_supply (
    day text not null,
    area_code text not null,
    item text not null,
    reports bigint not null,
    stock bigint not null,
    received bigint not null,
    used bigint not null,
    primary key (day, area_code, item)
) without rowid;

-- Exports as they run: how far, and what the file must be when it is whole.
create table statistic_export (
    id blob primary key,
    account_id blob not null references account (id),
    format text not null check (format in ('csv', 'xlsx', 'parquet')),
    lang text not null check (lang in ('zh', 'en')),
    filters text not null,
    state text not null check (state in ('waiting', 'running', 'done', 'failed')),
    rows_total bigint not null,
    rows_done bigint not null,
    byte_count bigint not null,
    sha256 blob,
    created_at bigint not null
);
create index statistic_export_created on statistic_export (created_at);
