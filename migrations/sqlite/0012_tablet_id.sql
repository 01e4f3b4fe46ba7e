-- A tablet can be named, and so withdrawn.
alter table enrolled_device add column id blob;
update enrolled_device set id = randomblob(16);
create unique index enrolled_device_id on enrolled_device (id);
create index enrolled_device_gate on enrolled_device (gate_id);
