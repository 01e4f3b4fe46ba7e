-- Systems of electricity meters that send by themselves, each with a token of its own.

create table meter_system (
    id blob primary key,
    name text not null,
    area_code text not null references area (code),
    token_digest blob not null unique,
    created_by text not null,
    created_at bigint not null,
    revoked_at bigint,
    last_sent_at bigint
);

create index meter_system_area on meter_system (area_code);
