-- A status list says which key signed it; what a version of the trust list took over from an earlier one is stored once.

alter table pass_list add column signed_by blob;

alter table trust_list add column keys_from bigint;
alter table trust_list add column revocations_from bigint;
update trust_list set keys_from =
    (select min(e.version) from trust_list e where e.keys = trust_list.keys and e.version < trust_list.version);
update trust_list set revocations_from = (select min(e.version) from trust_list e
    where e.revocations = trust_list.revocations and e.version < trust_list.version);
update trust_list set keys = '' where keys_from is not null;
update trust_list set revocations = '' where revocations_from is not null;
