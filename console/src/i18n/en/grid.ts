import type { GridStrings } from '../desk';

const things = (n: number) => (n === 1 ? '1 assignment' : `${n} assignments`);

export const grid: GridStrings = {
  title: 'Grid and officers', tabs: { grid: 'Completeness', officers: 'Officers', map: 'Map' }, count: (n) => `${n} enterprises`, lead: 'Each enterprise lies in one grid and has one officer.',
  gap: { all: 'All', no_grid: 'Not in a grid', no_officer: 'Without officer', many_officers: 'More than one officer' }, search: 'Name or credit code', inGrid: 'In a grid', notInGrid: 'Not in a grid', officers: 'Who answers for it', nobody: 'Nobody', employees: 'Employees',
  gapNone: 'No such enterprises', gapNoneHint: 'All lie in a grid and have an officer.', none: 'No enterprises', noneHint: 'Once enterprises are registered, this shows the grid of each and who answers for it.', detail: 'Grid and officers of an enterprise',
  kind: { enterprise_officer: 'Enterprise officer', supervisor: 'Supervisor', responsible_official: 'Responsible official', grid_worker: 'Grid worker' }, premisesKind: { building: 'Building', mall: 'Mall', compound: 'Compound' },
  officer: 'Officer', officersTitle: 'Officers', officersCount: (n) => `${n} in all`, officersNone: 'No officers yet', officersNoneHint: 'Ask the administrator for accounts of the role “Officer”.', officerSearch: 'Name or login', officerDetail: 'Officer',
  load: { all: 'All', none: 'Nothing assigned', many: 'More than 20', locked: 'Disabled, still assigned' }, loadLabel: 'Load', enterprises: 'Enterprises', premises: 'Premises', belongsTo: 'Belongs to', locked: 'Disabled', atWork: 'At work', away: (name, until) => `${name} stands in until ${until}`,
  standsIn: (n) => `Stands in for ${n}`, lastSignIn: 'Last sign-in', never: 'Never', loadOf: (enterprises, premises) => `${enterprises} enterprises · ${premises} premises`,
  answersFor: 'Answers for', answersForNone: 'Nothing is assigned now.', target: 'What', as: 'As', from: 'From', until: 'Until', since: (from) => `since ${from}`, between: (from, until) => `${from} to ${until}`, noEnd: 'open', setBy: (by) => `set by ${by}`, planned: 'Planned',
  assign: 'Assign', assignTitle: 'Assign', assignLead: 'From the beginning on, the officer sees the enterprise or the premises.', targetKind: 'What is assigned', targetEnterprise: 'An enterprise', targetPremises: 'Premises', fromHint: 'Now, if left empty', untilHint: 'May be left empty', assigned: 'Assigned',
  end: 'End', endTitle: (target) => `End the assignment of “${target}”`, endConsequence: (officer, target) => `From now on ${officer} no longer sees ${target}. What he recorded stays.`, ended: 'Ended',
  assignMany: (n) => `Assign ${n} to…`, assignManyTitle: 'Assign many', assignManyLead: 'Look at what would change, then confirm.', relieve: 'Replace those who do this now', relieveHint: 'Otherwise one more is added', preview: 'Show what changes', previewLead: (change, same) => `${change} change, ${same} stay as they are.`, becomes: 'Assigned', stays: 'Assigned already',
  relieves: (names) => `Replaces ${names}`, doAssign: (n) => `Assign ${n}`, assignedMany: (n) => `${n} assigned`, nothing: 'Nothing to change',
  handOver: 'Hand over', handOverTitle: (name) => `Hand over the work of ${name}`, handOverLead: 'From this moment the other sees it, and the first no longer does.', to: 'To', which: 'What', everything: (n) => `Everything: ${things(n)}`, chosen: 'Only what is chosen', chosenRule: 'Choose at least one', note: 'Note', noteHint: 'What the other should know',
  handedOver: (n) => `Handed over: ${things(n)}`, handovers: 'Hand-overs', handedTo: (name, n) => `To ${name}: ${things(n)}`, handedFrom: (name, n) => `From ${name}: ${things(n)}`,
  substitutes: 'Substitutes', substituteAdd: 'Name a substitute', substituteTitle: (name) => `Who stands in for ${name}`, substituteLead: 'Meanwhile both see it; it ends by itself.', substitute: 'Substitute', substituted: 'Substitute named', substituteEnd: 'End early', substituteEndTitle: (name) => `End the substitution of ${name} early`,
  substituteEndConsequence: (substitute) => `From now on ${substitute} no longer sees what it stood in for.`, standsInFor: (by, whom) => `${by} for ${whom}`, reason: 'Reason',
  premisesTitle: 'Buildings, malls, compounds', premisesCount: (n) => `${n} in all`, premisesNone: 'No premises yet', premisesNoneHint: 'Register buildings, malls and compounds, put the sites into them, and assign a supervisor.', premisesDetail: 'Premises', premisesAdd: 'Register premises', premisesEdit: 'Change', premisesSaved: (name) => `“${name}” saved`,
  address: 'Address', lon: 'Longitude', lat: 'Latitude', position: 'Position', positionHint: 'WGS-84, in degrees; both or neither', degreesRule: 'Degrees are wanted', sitesIn: 'Sites', sitesOf: 'Sites inside', noSites: 'No site lies here yet.', inPremises: 'Building, mall or compound', inPremisesHint: 'May be left empty',
  map: {
    title: 'Map of the grid', label: 'Map of the areas; the table beside it says the same', measure: 'Coloured by', measures: { per_officer: 'Enterprises per officer', without_officer_share: 'Enterprises without officer' }, up: 'One level up', inside: 'Look inside', insideOf: (name) => `Look inside ${name}`, legend: 'Legend',
    from: (value) => `${value} and more`, between: (from, until) => `${from} to under ${until}`, nothing: 'Nothing to compare', tableLabel: 'Enterprises and officers by area', none: 'No shapes of areas yet', noneHint: 'Import the GeoJSON outlines of the district to see the map. The table works without.', broken: 'This device cannot draw the map. The table beside it says the same.', import: 'Import outlines',
  },
  shapes: {
    title: 'Import outlines of areas', lead: 'The district’s GeoJSON (a FeatureCollection): each feature the polygon of one area, in WGS-84 longitude and latitude. See what would change, then import.', file: 'Choose a GeoJSON file', hint: '.geojson or .json, at most 32 MB', property: 'Property with the area code',
    propertyHint: 'If empty: code, area_code, adcode, or what Chinese maps call it', features: 'Features', feature: 'Feature', failed: 'Refused',
  },
  start: { title: 'What you answer for', lead: 'Enterprises and premises assigned to you, and to those you stand in for.', none: 'Nothing is assigned to you', noneHint: 'Ask the command.', phone: 'Visits on the phone', phoneHint: 'Scan with the phone, sign in with this account. Visits are kept there and can be made without a network.', phoneOpen: 'Open the phone page' },
};
