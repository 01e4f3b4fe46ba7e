-- A tablet can be named, and so withdrawn.
alter table enrolled_device add column id uuid;
update enrolled_device set id = gen_random_uuid();
create unique index enrolled_device_id on enrolled_device (id);
create index enrolled_device_gate on enrolled_device (gate_id);
