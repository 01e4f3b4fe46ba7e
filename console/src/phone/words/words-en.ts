import { visitsEn } from './visits-en';
import type { PhoneWords } from './index';
import { reopeningEn } from './reopening-en';
import { trainingEn } from './training-en';

export const wordsEn: PhoneWords = {
  visits: visitsEn,
  back: 'Back', tabs: 'Main screens', waiting: 'Reading', again: 'Try again', more: 'Show more', close: 'Close', cancel: 'Cancel',
  offline: { title: 'The server cannot be reached', hint: 'Look at your network, then try again. What you filled in is still here.' },
  signIn: {
    title: 'Open my file', lead: 'With the phone number in your file.', ended: 'You were signed out. Sign in again.', phone: 'Phone number', phoneHint: 'The one your employer registered', send: 'Send a code', sent: (phone) => `If ${phone} stands in a file, a code is on its way. It is good for 5 minutes.`,
    code: 'Six-digit code', tail: 'Last four of your document', tailHint: 'Identity card, passport or permit; a letter counts as one', submit: 'Sign in', resend: (seconds) => (seconds > 0 ? `Again in ${seconds} s` : 'Send again'),
    another: 'Another number', slip: 'I have an activation code', slipLead: 'It stands on the slip from your employer and works once.', slipCode: 'Activation code', byPhone: 'Use the phone instead', wrong: 'The code or the document is wrong, or the code is too old. Compare them, or send another code.',
    officer: 'I am an officer: my visits', demo: 'Demo: this message would have gone to the phone', privacy: 'Only you see your file here. Who looked, and why, you see too.',
  },
  today: { tab: 'Today', morning: 'Good morning', day: 'Hello', evening: 'Good evening', greeting: (part, name) => `${part}, ${name}` },
  declare: {
    today: "Today's declaration", done: (at) => `Declared today at ${at}`, again: 'Once more', last: (what) => `Last time: ${what}`, first: 'The first one asks everything; about a minute.', fullToday: 'Answer everything today, please. This comes up now and then.', same: 'Same as last time', changed: 'Changed', fill: 'Fill it in', well: 'Well', contactYes: 'Met somebody ill', contactNo: 'No contact', familyYes: 'Somebody at home is unwell', been: (where) => `Was in ${where}`, stayed: 'Stayed here',
    waiting: (at) => `The declaration of ${at} waits`, waitingHint: 'It leaves by itself when the network is back, once.', refused: 'It could not be sent', discard: 'Discard', title: 'Declaration', lead: 'Six questions. Saved as you fill them in, without a network, too.', symptoms: '1  Are you unwell today', symptomsHint: 'If not, choose none', contact: '2  Did you meet somebody ill or suspected within 14 days', family: '3  Is somebody you live with unwell', yes: 'Yes', no: 'No', temperature: '4  Your own temperature today (may be empty)',
    places: '5  Where were you within 14 days', placesHint: 'Besides home and work. Add nothing if nowhere.', placeNo: (n) => `Place ${n}`, place: 'Province, city, district', placeHint: 'Such as a district of a city', from: 'From', until: 'Until', affected: 'It was an affected area then', addPlace: 'Add a place', remove: 'Remove',
    legs: '6  How did you travel', legsHint: 'Flight, train, coach, ship, car: one for each leg.', legNo: (n) => `Leg ${n}`, kind: 'Means', number: { flight: 'Flight number', train: 'Train number', coach: 'Coach number', ship: 'Ship number', car: 'Plate' }, on: 'Day of departure', legFrom: 'From', legTo: 'To', carriage: 'Carriage', seat: 'Seat', addLeg: 'Add a leg',
    submit: 'Send', needed: 'Please fill this in', future: 'Not later than today', order: 'Not before the first day', all: 'My declarations', none: 'No declaration yet', noneHint: 'Once a day; one tap if nothing changed.', by: (name) => `written down by ${name}`, unsent: (n) => `${n} not sent yet. Signing out loses them.`,
  },
  appeals: { title: 'Appeal', lead: 'If the colour is wrong, say so here. It is answered within 24 hours, by somebody who had no part in it.', ask: 'Appeal', words: 'What is wrong', wordsHint: 'Such as: I was not there that day', none: 'No appeals', states: { open: 'Waiting', granted: 'Put right', refused: 'Upheld', withdrawn: 'Taken back' }, due: (at) => `answered by ${at}`, late: 'More than 24 hours; passed up' },
  rules: { title: 'Where colours come from', why: 'Why this colour', version: (n, since) => `Version ${n}${since ? `, since ${since}` : ''}` },
  measure: { title: "Today's temperature", due: 'Missing', none: 'Nothing yet. Once in the morning, once in the afternoon.', record: 'Record', value: 'Temperature (°C)', hint: 'Such as 36.5', range: 'Between 30 and 45 °C, such as 36.5', submit: 'Record it' },
  status: { title: 'My status', until: (at) => `until ${at}`, closed: 'Health is not open', closedHint: 'You signed in with an activation code. Prove that the phone in your file is yours to see your status, its reasons and your whole document number.', prove: 'Prove the phone', asOf: (at) => `computed ${at}` },
  pass: {
    title: 'Pass', hint: 'Open it at the gate, to be scanned', closed: 'Prove that this phone is yours before you open your pass.', label: (until) => `Pass, good until ${until}`, until: (at) => `good until ${at}`, over: 'The pass has ended', overHint: (at) => `It ended ${at}. Connect to a network for a new one.`, renew: 'New pass',
    notKept: 'No pass on this phone', notKeptHint: 'Open it once with a network; then it works without.',
    lost: 'The key on this phone is gone, so it cannot be shown. Go on line, then set it free or bind it again', bind: 'Good on this phone only', bindHint: 'Once on, the code changes every few seconds: neither a picture of it nor another phone can be used. When you change phones, bind it again.', bound: 'Bound to this phone; the code changes by itself', free: 'Set it free', take: 'Bind it to this phone', bindFailed: 'It cannot be bound to this phone now. Try again',
    none: {
      not_allowed: { title: 'You may not enter now: see your status', hint: 'Once that changes, your pass is here.' },
      response_inactive: { title: 'No pass is needed now', hint: 'No response is running.' },
      not_employed: { title: 'No employment now', hint: 'Your pass is here once an employer has registered you.' },
      bound_elsewhere: { title: 'Your pass is bound to another phone', hint: 'Show it on that phone, or bind it to this one; the other then holds no longer.' },
    },
    toStatus: 'See my status',
  },
  prove: { title: 'Prove the phone', lead: 'The code goes to the phone in your file.', send: 'Send a code', code: 'Six-digit code', submit: 'Prove it' },
  looks: {
    title: 'Who looked at my file', count: (n) => (n === 1 ? 'once' : `${n} times`), none: 'Nobody has looked', noneHint: 'Whoever looks or changes something is listed here.', lead: 'Every look and every change is written down, and nobody can switch that off.',
    act: {
      'person.read': 'looked at the file', 'person.facts_read': 'looked at the timeline', 'person.listed': 'saw you in a list', 'person.searched': 'found you', 'person.revealed': 'saw it in the clear', 'project.exported': 'exported the roster of a building site', 'person.registered': 'made the file',
      'person.corrected': 'corrected it', 'person.attested': 'entered a health statement', 'person.cleared': 'cleared a fever', 'person.merged': 'merged files', 'person.told_apart': 'said: not the same person',
      'person.duplicate_undone': 'took a decision on duplicates back', 'person.duplicates_listed': 'looked for duplicates', 'person.employed': 'added employment', 'person.left': 'ended employment', 'employment.changed': 'changed employment',
      'people.import': 'imported a roster', 'screening.listed': 'listed screenings', 'screening.read': 'looked at a screening', 'screening.entered': 'entered a screening', 'screening.overridden': 'changed a verdict', 'screening.clinical': 'entered a thermometer reading',
      'roster.given': 'gave the roster to a gate', 'alarm.read': 'looked at an alarm', 'alarm.changed': 'handled an alarm', 'person.declared': 'declared for you', 'person.measured': 'recorded your temperature', 'person.declarations_read': 'read your declarations', 'person.reminded': 'reminded you', 'worker.declared': 'declared', 'worker.measured': 'recorded a temperature', 'red_order.ordered': 'ordered red', 'red_order.confirmed': 'confirmed red', 'red_order.rejected': 'refused red', 'red_order.lifted': 'lifted red', 'red_orders.listed': 'listed red orders', 'appeal.asked': 'appealed', 'appeal.withdrawn': 'took an appeal back', 'appeal.read': 'read an appeal', 'appeal.decided': 'decided an appeal', 'appeals.listed': 'listed appeals', 'status_rules.simulated': 'saw you while trying rules', 'worker.signed_in': 'signed in', 'worker.signed_out': 'signed out', 'worker.exported': 'exported the file',
      'worker.activation_made': 'made an activation code', 'pass.printed': 'printed a pass', 'pass.issued': 'issued a pass', 'pass.held': 'held a pass back', 'pass.released': 'let a pass go', 'pass.revoked': 'took a pass back', 'training.passed': 'passed a training', 'training.recorded': 'recorded a training in a room', 'training.read': 'looked at certificates', 'certificate.revoked': 'took a certificate back', 'certificate.printed': 'printed a certificate', 'home.recorded': 'recorded a home', 'home.left': 'marked a home as left', 'home.listed': 'read homes', 'consent.given': 'consented', 'consent.refused': 'did not consent', 'consent.withdrawn': 'withdrew a consent', 'correction.asked': 'asked for a correction', 'correction.withdrawn': 'took a correction back', 'correction.read': 'read a correction', 'correction.accepted': 'accepted a correction', 'correction.refused': 'refused a correction', 'corrections.listed': 'listed corrections',
    },
    other: 'did something else', because: (why) => `Why: ${why}`, you: 'You',
  },
  mine: { tab: 'Me', title: 'Me', file: 'My file', timeline: 'Timeline', corrections: 'Corrections', phones: 'Signed-in phones', consents: 'My consents', homes: 'My homes', exportTitle: 'Take my file along', pdf: 'Download as PDF', json: 'Download as JSON', paperNote: (at) => `Exported ${at}: everything that the system holds about the person.`, language: 'Language', officer: "Officer's pages (visits)", signOut: 'Sign out on this phone' },
  file: {
    title: 'My file', identity: 'Who I am', name: 'Name', document: 'Document', birth: 'Date of birth', sex: { female: 'female', male: 'male' }, sexLabel: 'Sex', phone: 'Phone', since: 'File made',
    work: 'Where I work', nowhere: 'No employment now', employeeNo: 'Number', team: 'Team', post: 'Post', shift: 'Shift', from: 'From', until: 'Until', others: 'Other documents, merged', wrong: 'Something wrong? Ask for a correction', masked: 'The whole number shows once the phone is proved',
  },
  timeline: { title: 'Timeline', none: 'Nothing yet', noneHint: 'Statements, passages and changes of status stand here in order.', late: (at) => `received ${at}`, well: 'Well', ill: (symptoms) => `Unwell: ${symptoms}` },
  corrections: {
    title: 'Corrections', none: 'You have not asked for any', noneHint: 'If something in your file is wrong, tell your employer from here.', ask: 'Ask for a correction', field: 'What is wrong', value: 'What it should be', send: 'Send', note: 'Note (may be empty)',
    valueHint: { name: 'As on your document', phone: 'The old number cannot sign in any more afterwards', document_number: 'As on your document', employment: 'Say what is wrong and what it should be', other: 'Say what is wrong and what it should be' },
    withdraw: 'Take back', withdrawSure: 'Nobody will deal with it any more. You can ask again later.', answer: (text) => `Answer: ${text}`, by: (name) => `answered by ${name}`, sent: 'Sent. Your employer will answer.',
  },
  consents: {
    title: 'My consents', lead: 'Each is decided by itself. You work whether you consent or not, and you may withdraw at any time.', closed: 'Prove that this phone is yours before you decide for yourself.', none: 'Nothing to decide now', noneHint: 'When a response needs it, you are asked here, one by one.', receipts: 'Every decision', undecided: 'Not decided', read: 'Read and decide', readAgain: 'Read again', withdraw: 'Withdraw', withdrawTitle: (what) => `Withdraw “${what}”`, withdrawSure: 'Its use stops within a minute and what was recorded is deleted at once, for good. Other consents stay; you go on working.',
    give: 'I consent', refuse: 'I do not', later: 'Later', adult: 'I am 18 or older', guardian: 'Guardian', guardianLead: 'Below 18 your guardian consents with you. The code goes to the guardian’s phone and the guardian tells you. Not needed to refuse.', guardianName: 'Name of the guardian', relation: 'Is your', guardianPhone: 'Phone of the guardian', guardianSent: (phone) => `Sent to ${phone}, good for 5 minutes`, guardianWas: (name) => `Guardian ${name}`,
    until: (day) => `until ${day}`, openEnd: (days) => `until the response ends; all deleted ${days} days later`, version: (n, digest) => `version ${n}, fingerprint ${digest}`, erased: (at) => `all deleted ${at}`, toErase: (day) => `deleted on ${day}`,
    otherWay: { location: 'If not: you are let in all the same and telephoned if need be', face: 'If not: pass, badge, document, or your name at the gate', matching: 'If not: bring your document to the desk, checked by hand' },
  },
  face: {
    title: 'My face', lead: 'Enrolled once, the camera at the gate knows you. The picture is looked at and not kept.', none: 'Not enrolled. You can come in by badge or pass without.', enrolled: (at) => `Enrolled ${at}`, unavailable: 'Faces cannot be enrolled here yet. Badges and passes work.',
    how: 'Face the camera, without a mask, in even light, alone.', take: 'Take a picture', again: 'Enrol anew', remove: 'Remove', removeTitle: 'Remove my face', removeSure: 'Within seconds the gate knows you no more; come in by badge or pass.',
  },
  homes: {
    title: 'My homes', lead: 'By your home the community finds you and can help. Whole addresses are for the health authority and the command; your employer sees the compound only.', closed: 'Prove that this phone is yours to see your homes.', none: 'No home recorded', noneHint: 'One is enough; if you live in two places, record both.', add: 'Record a home', street: 'Street', community: 'Community', grid: 'Grid', pick: 'Choose', anyGrid: 'I do not know', compound: 'Compound', compoundHint: 'Name of the compound, village or dormitory, as on its gate', building: 'Building', unit: 'Unit', room: 'Room', optional: 'Leave empty if there is none', kind: 'How you live there', save: 'Save',
    since: (day) => `Recorded ${day}`, until: (from, until) => `Recorded ${from}, left ${until}`, leave: 'I have left', leaveTitle: 'No longer living here?', leaveSure: 'Within a day of recording it is taken back and removed altogether. After that it is marked as left, and the community there can still see for 28 days that you lived there.',
  },
  training: trainingEn,
  reopening: reopeningEn,
  phones: { title: 'Signed-in phones', lead: 'Sign out the one you do not know.', this: 'This phone', unknown: 'A device that does not say', signedIn: (at) => `signed in ${at}`, seen: (at) => `used ${at}`, signOut: 'Sign out', everywhere: 'Sign out everywhere', everywhereSure: 'Every phone has to sign in again, this one too. An unused activation code is void.', unproved: 'with an activation code' },
};
