import type { DeskStrings } from '../desk';

type Base = Pick<DeskStrings, 'gap' | 'frame' | 'notices' | 'menu' | 'menuGroup' | 'actions' | 'states' | 'list' | 'form' | 'csv' | 'signIn' | 'invite'>;

export const base: Base = {
  gap: ' · ',
  frame: {
    product: 'Fugong', skip: 'Skip to content', home: 'Back to the overview', openMenu: 'Open menu', mainMenu: 'Main menu', quickMenu: 'Shortcuts', more: 'More',
    responseDay: (n) => `day ${n}`, basis: 'Basis', noResponse: 'No response is running',
    search: 'Find enterprises, sites, gates', searchHint: 'Enterprises, sites, gates', searchNone: 'Nothing found. Try another name',
    bell: (n) => (n > 0 ? `Alarms, ${n} unacknowledged` : 'Alarms, none unacknowledged'), bellTitle: (n) => `${n} unacknowledged`,
    bellEmpty: 'No alarm waits to be acknowledged.', allAlarms: 'All alarms', alarmOpen: 'Open it to handle',
    accountMenu: (name) => `Account menu, ${name}`, switchLanguage: (other) => `Language: ${other}`, signOut: 'Sign out',
    feedLive: 'Updated live', feedConnecting: 'Connecting to the live feed', feedDown: (since, minutes) => `Live feed down since ${since} (${minutes} min), reconnecting. Pages work; figures may be old`,
  },
  notices: {
    title: 'Text messages', lead: 'When an application is returned, decided or has a day for its visit, or a daily report is missing, this phone is told. Messages hold numbers and dates only.',
    cannotSend: 'This installation has no way to send messages.', goesTo: (phone) => `Messages go to ${phone}`, change: 'Another phone', remove: 'No more messages', removed: 'No more messages are sent',
    phone: 'Phone', ask: 'Send a code', askAgain: 'Send another code', sent: 'The code was sent', code: (phone) => `Code sent to ${phone}`, codeShort: 'The code', keep: 'Confirm', kept: 'Messages go to this phone from now on',
  },
  menu: {
    visitors: 'Visitors, vehicles', overview: 'Overview', review: 'Review', inspections: 'Visits', dailyReports: 'Daily reports', statistics: 'Statistics', reportTemplates: 'Report templates', projects: 'Building sites', alarms: 'Alarms', screenings: 'Screenings', people: 'People', homes: 'Homes', applications: 'Reopening', forms: 'Application form', rulebook: 'Rulebook', checklists: 'Checklist', training: 'Training', enterprises: 'Enterprises', premises: 'Premises', census: 'Census', grid: 'Grid and officers', sites: 'Sites', gates: 'Gates', devices: 'Devices',
    statusRules: 'Status rules', gateRules: 'Gate rules', trustLists: 'Foreign certificates', areas: 'Areas', areaRisks: 'Risk of areas', responses: 'Responses', accounts: 'Accounts', audit: 'Audit', operations: 'Operations',
  },
  menuGroup: { main: '', places: 'Enterprises and sites', watch: 'Areas and responses', system: 'System' },
  actions: {
    save: 'Save', cancel: 'Cancel', close: 'Close', retry: 'Try again', reload: 'Reload the page', copy: 'Copy', copied: 'Copied',
    copyOf: (what) => `Copy ${what}`,
  },
  states: {
    loading: 'Loading…', failed: 'Could not be loaded', notFound: 'Not found', noPage: 'No such page', noPageHint: 'The address may be wrong, or the page has moved.',
    noPermission: 'Not for your role', noPermissionHint: 'Your role does not include this. Ask the command if you need it.',
    noMatch: 'Nothing matches', noMatchHint: 'Widen or clear the filters, then look again.',
    offline: (at) => `The server cannot be reached since ${at}`, offlineHint: 'Check the network. What is open stays readable; what you typed is still here.',
    pageBroken: 'This page failed', pageBrokenHint: 'A new version may have been installed. Reloading usually helps.',
  },
  list: {
    filters: 'Filters', all: 'All', clear: 'Clear', pick: 'Choose', more: 'Load 50 more', shown: (n, of) => `${n} of ${of} shown`,
    allShown: (n) => `${n} shown, that is all`, export: (n) => `Export ${n}`, exportAs: { xlsx: 'Excel workbook (XLSX)', csv: 'Text table (CSV)' }, exportNone: 'Export', previous: 'Previous', next: 'Next',
    selection: 'Selected rows', chosen: (n) => `${n} selected`, chosenMax: (n) => `At most ${n} can be exported at once; use a filter for more`, exportChosen: 'Export selected', unchoose: 'Clear selection',
    choose: 'Select this row', chooseAll: 'Select all that are shown', columns: 'Columns', allColumns: 'Show all columns', views: 'Saved views',
    noViews: 'No saved views yet.', viewName: 'Name of the view', viewHint: 'Set a filter or an order first, then save it.', saveView: 'Save these filters', deleteView: (name) => `Delete the view “${name}”`,
  },
  form: {
    reason: 'Reason', reasonRule: 'Give the reason; it goes into the audit log', tooLong: (n) => `${n} characters at most; shorten it`, typeToConfirm: (word) => `Type “${word}” to confirm`,
    typeDiffers: 'This differs from the word above; type it exactly', required: (label) => `Fill in: ${label}`, pickRequired: (label) => `Choose: ${label}`,
    draftRestored: 'What you had not submitted is back.', draftDiscard: 'Start over',
  },
  csv: {
    chosen: (name, size) => `${name} (${size})`, hint: 'XLSX or CSV, its first sheet, at most 100,000 rows.',
    line: 'Line', column: 'Column', problem: 'Problem', value: 'Content', failedDownload: (n) => `Download ${n} failed rows`,
  },
  signIn: {
    title: 'Sign in', lead: 'Fugong desk', login: 'Account', password: 'Password', next: 'Next', submit: 'Sign in', code: 'One-time code', codeTitle: 'One-time code',
    codeLead: (login) => `${login}: open your authenticator and type the 6 digits it shows now.`, codeRule: 'Type 6 digits', loginRule: 'Type your account', passwordRule: 'Type the password',
    otherAccount: 'Use another account', expired: 'Your session has ended. After signing in you are back on the same page.', backOff: (s) => `Too many tries. Wait ${s} s, then try again.`,
    guardHint: 'Guards use', guardLink: 'the gate page', footer: 'For authorised people only. Reading and acting are recorded.',
  },
  invite: {
    title: (name) => `${name}, set up your sign-in`, lead: (login, role) => `Account ${login} · ${role}`, password: 'New password', passwordAgain: 'Password again',
    passwordHint: 'At least 12 characters. A few unrelated words are easy to remember and safe.', pin: 'New PIN', pinAgain: 'PIN again', pinHint: '6 to 12 digits, for signing in at a gate device.', pinRule: 'Type a PIN',
    passwordProblem: { short: 'At least 12 characters; make it longer', long: '128 characters at most; shorten it', same: 'Too many repeated characters; choose another', login: 'It must not contain the account; choose another' },
    pinProblem: { digits: '6 to 12 digits', simple: 'Too easy to guess; not all the same, not in sequence' },
    againRule: 'Type it again', againDiffers: 'The two differ; type it again', codeTitle: 'One-time codes', codeLead: 'Scan with an authenticator (any TOTP app) on your phone, then type the 6 digits it shows.',
    secretLabel: 'Cannot scan? Type this key:', submit: 'Finish', doneTitle: 'All set', done: (login) => `From now on sign in with ${login}, the new password and a one-time code.`,
    doneGuard: 'From now on sign in at a gate device with the account and the PIN.', toSignIn: 'Sign in', goneTitle: 'This invitation has ended', gone: 'It works once and for a limited time. Ask the administrator for a new one.',
  },
};
