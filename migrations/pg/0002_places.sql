-- Areas, responses, enterprises, sites, shift windows, gates, devices.

create table area (
    code text collate "C" primary key,
    name text not null,
    name_key text collate "C" not null,
    kind text not null check (kind in ('province', 'city', 'district', 'street', 'community', 'grid')),
    parent_code text collate "C" references area (code),
    valid_from bigint not null,
    valid_until bigint
);
create index area_parent on area (parent_code, code);

create table response (
    id uuid primary key,
    area_code text collate "C" not null references area (code),
    name text not null,
    legal_basis text not null,
    purposes text not null,
    starts_at bigint not null,
    ends_at bigint,
    created_at bigint not null
);
create index response_area on response (area_code, id);

create table enterprise (
    id uuid primary key,
    area_code text collate "C" not null references area (code),
    credit_code text collate "C" not null unique,
    name text not null,
    name_key text collate "C" not null,
    industry text not null,
    size_class text not null check (size_class in ('above_scale', 'above_quota', 'below_scale', 'micro')),
    employees bigint not null default 0,
    created_at bigint not null
);
create index enterprise_area on enterprise (area_code, id);
create index enterprise_name on enterprise (name_key, id);

create table site (
    id uuid primary key,
    enterprise_id uuid references enterprise (id),
    area_code text collate "C" not null references area (code),
    kind text not null check (kind in ('factory', 'office_building', 'mall', 'construction_project',
        'residential_compound', 'quarantine_home', 'sampling_site', 'checkpoint')),
    name text not null,
    name_key text collate "C" not null,
    open_state text not null check (open_state in ('not_open', 'open', 'suspended')),
    open_state_reason text,
    open_state_since bigint not null,
    created_at bigint not null
);
create index site_area on site (area_code, id);
create index site_enterprise on site (enterprise_id, id);
create index site_name on site (name_key, id);

create table shift_window (
    id uuid primary key,
    site_id uuid not null references site (id),
    name text not null,
    days text not null,
    start_minute bigint not null check (start_minute between 0 and 1439),
    end_minute bigint not null check (end_minute between 0 and 1439)
);
create index shift_window_site on shift_window (site_id);

create table gate (
    id uuid primary key,
    site_id uuid not null references site (id),
    name text not null,
    name_key text collate "C" not null,
    direction text not null check (direction in ('in', 'out', 'both')),
    lanes bigint not null check (lanes between 1 and 64),
    closed boolean not null,
    created_at bigint not null
);
create index gate_site on gate (site_id, id);

create table device (
    id uuid primary key,
    gate_id uuid not null references gate (id),
    lane bigint not null,
    direction text not null check (direction in ('in', 'out', 'both')),
    vendor text not null,
    model text not null,
    serial text not null,
    serial_key text collate "C" not null,
    mac text,
    secret_digest bytea not null,
    previous_secret_digest bytea,
    previous_secret_until bigint,
    state text not null check (state in ('new', 'live', 'silent', 'untrusted', 'disabled')),
    clock_offset_us bigint,
    clock_samples text not null default '',
    last_seen_at bigint,
    last_event_no bigint,
    day bigint not null default 0,
    bytes_today bigint not null default 0,
    unparseable_today bigint not null default 0,
    byte_quota bigint not null,
    created_at bigint not null
);
create unique index device_secret on device (secret_digest);
create index device_previous_secret on device (previous_secret_digest) where previous_secret_digest is not null;
create index device_gate on device (gate_id, id);
create unique index device_serial on device (vendor, serial_key);
create index device_seen on device (last_seen_at) where state = 'live';

create table device_gap (
    id uuid primary key,
    device_id uuid not null references device (id),
    found_at bigint not null,
    expected bigint not null,
    got bigint not null,
    missing bigint not null
);
create index device_gap_device on device_gap (device_id, id);
