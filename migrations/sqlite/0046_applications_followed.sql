-- How far sums of applications follow what happened to them: only days that something touched since are computed again.
create table statistic_followed (
    id bigint primary key check (id = 1),
    until_at bigint not null,
    whole_at bigint not null,
    calendar text not null
);
create index application_created on application (created_at);
create index application_step_at on application_step (at);
