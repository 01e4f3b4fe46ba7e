-- The phone on which an account is told what happened, and what it was told already; whom a guard let in after all.

create table account_phone (
    account_id uuid primary key references account (id),
    phone_sealed bytea not null,
    confirmed_at bigint not null
);

create table account_message (
    account_id uuid not null references account (id),
    about text not null,
    at bigint not null,
    primary key (account_id, about)
);

create index account_message_at on account_message (at);

-- What a person at the gate made of a verdict: attendance counts whom a guard let in. None: nobody changed it.
alter table screening add column let_in boolean;
