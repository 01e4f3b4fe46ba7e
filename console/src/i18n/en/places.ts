import type { DeskStrings } from '../desk';

type Places = Pick<DeskStrings, 'common' | 'areas' | 'areaImport' | 'responses' | 'enterprises' | 'sites' | 'shifts' | 'gates' | 'devices' | 'journal' | 'gaps' | 'setup' | 'rules' | 'trust'>;

export const places: Places = {
  common: {
    name: 'Name', area: 'Area', enterprise: 'Enterprise', site: 'Site', gate: 'Gate', created: 'Created', kind: 'Kind', state: 'State', direction: 'Direction',
    lanes: 'Lanes', lane: 'Lane', none: 'None',
  },
  areas: {
    title: 'Areas', count: (n) => `${n} in all`, tree: 'Area tree', add: 'Add an area', addUnder: (name) => `Add under “${name}”`, rename: 'Rename',
    code: 'Code', codeHint: 'Statistical code: province 2 digits, city 4, district 6, street 9, community 12, grid 15.', codeRule: 'A code has 2, 4, 6, 9, 12 or 15 digits', name: 'Name', import: 'Import areas',
    search: 'Find by name or code', validFrom: 'Valid from', validUntil: 'Valid until', current: 'In use', saved: (name) => `“${name}” saved`, none: 'No areas yet', noneHint: 'Import the statistical codes below the district, or add them one by one.',
    detail: 'Area', parent: 'Above', enterprisesHere: 'Enterprises here', sitesHere: 'Sites here', pick: 'Choose an area on the left to see its details.', found: (n) => `${n} found`,
  },
  areaImport: {
    check: 'Try', run: 'Import', created: 'New', updated: 'Changed', unchanged: 'Unchanged', failed: 'Failed', dryRun: 'A trial: nothing is written yet.', done: 'Imported.', again: 'Another file',
  },
  responses: {
    title: 'Responses', count: (n) => `${n} in all`, start: 'Start a response', name: 'Name', basis: 'Legal basis', basisHint: 'The document or decision, e.g. provincial level-1 public health response', purposes: 'Purposes', purposesHint: 'Functions of purposes not ticked do not work.', starts: 'Starts', ends: 'Planned end',
    endsHint: 'May stay empty. After the end, data is purged on the published schedule.', active: 'Running', ended: 'Ended', planned: 'Not started', end: 'End the response', endTitle: (name) => `End “${name}”`,
    endConsequence: (area) => `From now on, screening, location, seals and matching in ${area} stop collecting, and gates answer “hold”. Data is purged on the published schedule. This cannot be undone.`, endConfirm: 'End the response', none: 'No response yet', noneHint: 'Without a running response, neither screening nor location works.',
    retention: 'Days until its data is purged', retentionHint: 'Published at the start and not changed. On that day declarations, temperatures and what was gathered by consent are deleted.', purge: 'Purge', purged: (at) => `done ${at}`, purgeAfter: (days) => `${days} days after its end`,
    detail: 'Response', since: (n) => `day ${n}`, startSubmit: 'Start', startLead: 'From its start, the ticked functions work in this area.', endBeforeStart: 'The end must be after the start',
  },
  enterprises: {
    title: 'Enterprises', count: (n) => `${n} in all`, add: 'New enterprise', edit: 'Edit enterprise', creditCode: 'Unified social credit code', creditCodeHint: 'The 18 characters on the licence', creditCodeRule: '18 digits and capital letters', industry: 'Industry', industryHint: 'GB/T 4754 code, e.g. C39', industryRule: 'One capital letter and 2 to 4 digits, e.g. C39',
    working: 'Reopened', workingStates: { true: 'With an open site', false: 'Without one' }, sizeClass: 'Size', sites: 'Sites', employees: 'Employed', none: 'No enterprises yet', noneHint: 'Add an enterprise, then its sites and gates.', detail: 'Enterprise', people: 'Its people', saved: (name) => `“${name}” saved`, industryName: 'Industry / size', codeName: 'Enterprise / credit code',
    sitesOf: 'Its sites', noSites: 'No sites yet.', numbers: (sites, people) => `${sites} sites · ${people} people`, seeAllSites: 'All its sites',
  },
  sites: {
    title: 'Sites', count: (n) => `${n} in all`, add: 'New site', edit: 'Edit site', none: 'No sites yet', noneHint: 'A site is a place people enter: factory, office building, construction project. Add a site, then its gates.', detail: 'Site', gates: 'Gates', openState: 'Open state', since: (at) => `since ${at}`, reason: 'Reason', changeState: 'Change open state',
    changeTitle: (name) => `Change the open state of “${name}”`, newState: 'New state', consequence: {
      open: (name, gates) => `${name} opens: ${gates} gates admit by roster, shift and health status at once.`,
      suspended: (name, gates) => `${name} is suspended: from now on ${gates} gates show “no entry” to everybody. People inside are not affected.`,
      not_open: (name, gates) => `${name} becomes not open: from now on ${gates} gates show “no entry” to everybody.`,
    }, confirm: 'Change state', enterpriseHint: 'Compounds and checkpoints may belong to no enterprise', saved: (name) => `“${name}” saved`, people: 'Its people', screenings: 'Screenings', rules: 'Gate rules', gatesOf: 'Its gates', noGates: 'No gates yet.',
  },
  shifts: {
    title: 'Shifts', lead: 'Somebody outside their shift is held until the team leader confirms. Without shifts, the time is not checked.', none: 'No shifts: the time is not checked.', edit: 'Edit shifts', add: 'Add a shift', name: 'Shift', days: 'Days', start: 'Start', end: 'End', nextDay: 'next day', remove: 'Remove this shift', save: 'Save shifts', saved: 'Shifts saved',
    day: ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'], everyDay: 'every day', workdays: 'Mon to Fri', week: (days) => days, nameRule: 'Name the shift', daysRule: 'At least one day', timeRule: 'Give the time', sameTime: 'Start and end must differ',
  },
  gates: {
    title: 'Gates', count: (n) => `${n} in all`, add: 'New gate', edit: 'Edit gate', none: 'No gates yet', noneHint: 'A gate is an entrance of a site. Add the gate, then connect devices.', detail: 'Gate', devices: 'Devices', closed: 'Closed', opened: 'Open', close: 'Close gate', reopen: 'Reopen gate',
    closeTitle: (name) => `Close “${name}”`, closeConsequence: (name) => `From now on ${name} shows “no entry” to everybody; guards can send people to other gates.`, reopenTitle: (name) => `Reopen “${name}”`, reopenConsequence: (name) => `From now on ${name} admits by the rules.`,
    tablets: 'Enrolled tablets', noTablets: 'No tablet is enrolled.', tabletSince: (at) => `Enrolled ${at}`, withdraw: 'Withdraw', withdrawTitle: 'Withdraw this tablet', withdrawConsequence: (gate) => `It stops being a tablet of ${gate}. All guards of ${gate} sign in again; the tablet needs a new code before it is used again.`,
    enrol: 'Enrol a gate device', enrolTitle: 'Enrol a gate device', enrolLead: (name) => `Open the gate page on the tablet or computer at ${name} and type this code. After that, guards sign in there with account and PIN.`, enrolCode: 'Enrolment code', enrolUntil: (at) => `valid until ${at}, once`, enrolOpen: 'Address of the gate page', saved: (name) => `“${name}” saved`, lanesRule: '1 to 32 lanes', devicesOf: 'Its devices', noDevices: 'No devices yet.',
  },
  devices: {
    title: 'Devices', count: (n) => `${n} in all`, add: 'Connect a device', none: 'No devices yet', noneHint: 'You get a set-up sheet with address, port and path to type into the terminal.', vendor: 'Vendor', model: 'Model', serial: 'Serial number', mac: 'MAC address', macHint: 'May stay empty. If given it is checked; another one makes the device untrusted', macRule: '12 hexadecimal digits, e.g. A4:14:37:00:1B:2C',
    lastSeen: 'Last seen', offset: 'Clock offset', samples: (n) => `${n} samples`, lastEvent: 'Last event number', today: 'Data today', quota: (used, of) => `${used} / ${of}`, unparseable: 'Unreadable today', unparseableUnit: (n) => `${n}`, never: 'Never connected',
    tabs: { status: 'Status', journal: 'Raw data', gaps: 'Gaps' }, edit: 'Edit device', saved: 'Device saved', rotate: 'New secret', rotateTitle: 'New secret', rotateConsequence: (serial) => `${serial} gets a new path. The old one works for 24 hours; after that, its data is refused. Change it on the terminal within 24 hours.`, rotateConfirm: 'New secret',
    disable: 'Disable', disableTitle: (serial) => `Disable device ${serial}`, disableConsequence: 'Its data is refused; on this lane only entry by hand works.', enable: 'Enable', enableTitle: (serial) => `Enable device ${serial}`, enableConsequence: 'Its data takes part in screening again.',
    trust: 'Trust again', trustTitle: (serial) => `Trust ${serial} again`, trustConsequence: 'It reported a serial number or MAC other than the registered one. Check on the spot that it is the same device first.', clockBad: 'Beyond the rule’s limit, the time of receipt counts.', where: 'Where', codeName: 'Serial number / model', laneOf: (n) => `lane ${n}`,
  },
  journal: {
    lead: 'What the terminal sent, as it came. Destroyed after 24 hours; unreadable bodies after 7 days.', showAll: 'All', onlyBad: 'Unreadable only', received: 'Received', type: 'Type', state: 'State', head: 'Beginning (hex)', download: 'Download', none: 'No data', noneHint: 'The terminal sent nothing in this time.', noBad: 'Nothing unreadable', noBadHint: 'Everything the terminal sent was read.',
    states: { pending: 'Waiting', decoded: 'Read', unparseable: 'Unreadable', erased: 'Destroyed' }, show: 'Show hex',
  },
  gaps: { lead: 'Event numbers should be consecutive. A gap means records that did not arrive; terminals usually send them later.', found: 'Found', expected: 'Expected', got: 'Got', missing: 'Missing', none: 'No gaps', noneHint: 'The event numbers are consecutive.', unit: (n) => n },
  setup: {
    title: 'Terminal set-up sheet', lead: 'Type this into the terminal under “HTTP listening / platform access”.', once: 'The path holds a secret and is shown this once. Print it now, or write it down for the installer.', address: 'Server address', port: 'Port', path: 'Path (URL)', protocol: 'Protocol', format: 'Data format', heartbeat: 'Heartbeat', seconds: (n) => `${n} s`, print: 'Print the sheet', done: 'Done, show the device', gone: 'The sheet is shown only once',
    goneHint: 'The secret is not kept on the server. If it is lost, make a new secret: you get a new sheet.', toDevice: 'Back to the device', device: 'Device', installed: 'Installed by', date: 'Date', place: 'Place', steps: 'Steps', step: ['Connect the terminal to a network that reaches the server', 'Type the values above into the terminal’s administration page', 'Set the terminal’s clock; time zone China Standard Time', 'Present a face or a card; “Devices” shows it live'],
  },
  rules: {
    title: 'Gate rules', lead: 'Each reason has an outcome. Of several reasons the most severe counts.', district: 'the district', site: 'Site', version: (n) => `Version ${n}`, inForce: 'in force', since: (at) => `since ${at}`, by: (who) => `set by ${who}`, byDefault: 'default', reason: 'Reason', outcome: 'Outcome', next: 'What the person is told',
    thresholds: 'Thresholds', feverSuspected: 'Suspected fever, ≥', feverPossible: 'Recheck, ≥', temperatureRequired: 'Temperature required', maskRequired: 'Mask required', declarationRequired: 'Declaration of today required', passRequired: 'Pass that holds required', trainingRequired: 'Required training must be done', rosterAge: 'Roster usable for', clockOffset: 'Device clock off by at most', yes: 'Yes', no: 'No', hours: (n) => `${n} h`, seconds: (n) => `${n} s`, edit: 'New version', editTitle: 'New gate rules',
    editConsequence: (scope) => `Takes effect at once at every gate of: ${scope}. The old version is kept.`, editNote: 'Note (what changed, on what basis)', noteRule: 'Say what changed and on what basis', save: 'Put in force', history: 'Versions', saved: (n) => `Version ${n} is in force`, feverOrder: 'The recheck threshold must be below that of suspected fever', changed: (n) => `${n} changes`, noChange: 'No changes yet', celsius: '℃', inherits: 'This site has no rules of its own; the district’s apply.', current: 'Rules in force', rosterUnit: 'h', clockUnit: 's', celsiusRule: '35.0 to 39.0',
  },
  trust: {
    title: 'Foreign certificates', lead: 'Visitors may show an EU Digital COVID Certificate or a SMART Health Card. Gates believe the keys imported here and no others; nothing of a certificate is kept, and it opens no gate.', versions: 'Versions of the trust list', version: 'Version', versionOf: (n) => `Version ${n}`, inForce: 'in force',
    dcc: 'EU keys', shc: 'Card keys', revoked: 'Revocations', who: 'Imported', file: 'File and note', skipped: 'Left out', skippedShow: (n) => `${n} left out`, skippedOf: (n) => `Left out of version ${n}`, atLeast: (n) => `${n} or more`, none: 'No trust list yet', noneHint: 'Until one is imported, gates cannot tell of any foreign certificate. The files are published by the countries or bodies that issue.', acts: 'Actions',
    download: 'Download keys', downloadOf: (n) => `Download keys: version ${n}`, restore: 'Put back in force', restoreOf: (n) => `Put back in force: version ${n}`, restoreTitle: (n) => `Put version ${n} back in force`, restoreConsequence: (n, what) => `Takes effect at once at every gate of the district, as a new version. Keys and revocations are those of version ${n} again: ${what}.`, counts: (dcc, shc, revoked) => `EU keys ${dcc}, card keys ${shc}, revocations ${revoked}`, note: 'Note (why)', restored: (n) => `Back in force, as version ${n}`,
    importKeys: 'Import keys', importRevocations: 'Import revocations', keysFirst: 'Revocations come after keys: import keys first.',
    kinds: {
      keys: { title: 'Import keys', lead: 'Replaces all keys in force; the revocations stay. It is tried first and takes effect when you confirm.', file: 'Choose a file of keys', hint: 'A trust list in JSON, or certificates in PEM; at most 16 MiB.' },
      revocations: { title: 'Import revocations', lead: 'Replaces all revocations in force; the keys stay. It is tried first and takes effect when you confirm.', file: 'Choose a file of revocations', hint: 'JSON; at most 16 MiB.' },
    },
    checking: 'Trying it; nothing has changed yet…', tooLarge: (most) => `The file is larger than ${most} and was not sent. Check that it is the right one`, compare: 'Before and after', now: 'Now', after: 'After', change: 'Change', same: 'same', loses: 'There will be fewer. Check that the file is complete.', leftOut: (n) => (n === 1 ? '1 entry cannot be used and is left out' : `${n} entries cannot be used and are left out`), leftOutMore: (n) => `and ${n} more`, nothingLeftOut: 'Every entry of the file can be used.', noteHint: 'Where it comes from, and of which day', noteRule: 'Say where the file comes from', run: 'Import, in force at once', imported: (n) => `Version ${n} is in force`,
    wholeDistrict: 'The list is one for the whole district: only who manages all of it changes it.', revocationsForm: 'Not a list of revocations. Check the file',
  },
};
