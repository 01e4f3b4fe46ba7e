-- A census finds buildings, malls and compounds as well: compared with the premises of the register.

alter table census_finding add column kind text not null default 'enterprise'
    check (kind in ('enterprise', 'building', 'mall', 'compound'));
-- What of the premises it is, as enterprise_id says for enterprises; claims_id is either, by the kind.
alter table census_finding add column premises_id uuid references premises (id);
alter table census_finding drop constraint census_finding_check1;
alter table census_finding add constraint census_finding_decided_check
    check ((state in ('same', 'new')) = (enterprise_id is not null or premises_id is not null));
alter table census_finding add constraint census_finding_kind_of_check check (enterprise_id is null or kind = 'enterprise');
alter table census_finding add constraint census_finding_premises_check check (premises_id is null or kind <> 'enterprise');
alter table census_finding drop constraint census_finding_aside_reason_check;
alter table census_finding add constraint census_finding_aside_reason_check
    check (aside_reason in ('no_enterprise', 'no_premises', 'closed_down', 'outside', 'repeated'));
create index census_finding_premises on census_finding (premises_id);
