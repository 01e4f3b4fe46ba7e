-- In which area lies what an account reaches: an administrator sees only accounts inside her own reach.
alter table account_grant add column area_code text not null default '';
update account_grant set area_code = value where kind = 'area';
update account_grant set area_code = coalesce(
    (select e.area_code from enterprise e where lower(hex(e.id)) = account_grant.value), '') where kind = 'enterprise';
update account_grant set area_code = coalesce(
    (select s.area_code from site s where lower(hex(s.id)) = account_grant.value), '') where kind = 'site';
