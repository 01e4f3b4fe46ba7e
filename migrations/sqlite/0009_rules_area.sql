-- Gate rules hold in an area and below it; empty for everywhere, as all general rules did until now.
alter table gate_rules add column area_code text not null default '';
drop index gate_rules_site;
create index gate_rules_reach on gate_rules (site_id, area_code, version);
