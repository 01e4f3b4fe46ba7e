-- How far the actor of an entry reached: an auditor sees acts inside her area and of whoever may act on it.
alter table audit_entry add column area_code text collate "C" not null default '';
update audit_entry set area_code = coalesce(
    (select max(g.area_code) from account_grant g where g.account_id = audit_entry.actor_id
     having count(*) = 1), '');
create index audit_entry_area on audit_entry (area_code, id);
