-- Shift plans: one a site, as it was entered and computed, and what of it is in force; windows that are a team's hours.

alter table shift_window add column teams text not null default '[]';
alter table shift_window add column early_minutes bigint not null default 60;

create table shift_plan (
    site_id uuid primary key references site (id),
    revision bigint not null,
    definition text not null,
    state text not null
        check (state in ('draft', 'waiting', 'solving', 'solved', 'impossible', 'not_found', 'stopped')),
    -- Counts computations, so that what a stopped one brings is dropped.
    run bigint not null default 0,
    progress_percent bigint not null default 0,
    starts text,
    by_hand boolean not null default false,
    outcome text,
    changed_by text not null,
    changed_at bigint not null,
    in_force text,
    in_force_by text,
    in_force_at bigint
);
