-- Where somebody looked for buildings, malls and compounds: what is registered there and was not found is asked for by area.

create index census_finding_premises_area on census_finding (area_code) where kind <> 'enterprise';
