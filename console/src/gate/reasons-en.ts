import type { ReasonText, ReasonTexts, VerdictWords } from './reasons';

const notAllowed = (): ReasonText => ({
  what: 'Not allowed now',
  next: "The reason is on the person's phone",
  hint: 'The gate cannot see why; please do not ask',
  said: "Not allowed now; the reason is on the person's phone",
});

export const reasonsEn: ReasonTexts = {
  not_on_roster: () => ({ what: "Not on this site's roster", next: 'Ask the enterprise administrator' }),
  site_not_open: () => ({
    what: 'This site is not approved to open',
    next: 'Ask the enterprise administrator',
    said: 'This site is not approved to open',
  }),
  gate_closed: () => ({ what: 'This gate is closed', next: 'Use another gate' }),
  outside_shift: () => ({ what: 'Not in this shift', next: 'Ask the team leader to confirm' }),
  pass_missing: () => ({ what: 'No pass shown', next: 'Open the pass on the phone' }),
  pass_expired: () => ({ what: 'The pass has ended', next: 'Renew it on the phone' }),
  pass_revoked: () => ({ what: 'The pass was withdrawn', next: 'Ask the enterprise administrator' }),
  pass_unverifiable: () => ({ what: 'The pass cannot be checked', next: 'Show a document' }),
  status_red: notAllowed,
  status_amber: notAllowed,
  status_unknown: notAllowed,
  quarantine_active: notAllowed,
  restricted_match: notAllowed,
  test_overdue: notAllowed,
  not_allowed: notAllowed,
  training_missing: () => ({ what: 'Training not finished', next: 'Finish it on the phone first' }),
  declaration_overdue: () => ({ what: 'Not declared today', next: 'Declare on the phone, about 20 seconds' }),
  fever_suspected: ({ temperature }) => ({
    what: temperature ? `${temperature} ℃` : 'Temperature high',
    next: 'Step aside for a clinical thermometer',
  }),
  fever_possible: ({ temperature }) => ({
    what: temperature ? `${temperature} ℃` : 'Temperature high',
    next: 'Wait a minute, then try again',
  }),
  temperature_unmeasured: ({ byHand }) => ({
    what: 'No temperature read',
    next: byHand ? 'Measure with the handheld thermometer' : 'Stand on the yellow line and look at the camera',
  }),
  temperature_unreliable: ({ byHand }) => ({
    what: 'Temperature not certain',
    next: byHand ? 'Measure with the handheld again' : 'Stand on the yellow line and try again',
  }),
  mask_missing: ({ byHand }) => ({
    what: 'No mask',
    next: 'Put it on and walk through again',
    hint: byHand ? 'Enter again once it is on' : 'No need to leave the line; the camera looks again by itself',
  }),
  mask_worn_wrong: ({ byHand }) => ({
    what: 'Cover your nose',
    next: 'Adjust it and walk through again',
    hint: byHand ? 'Enter again once it fits' : 'No need to leave the line; the camera looks again by itself',
  }),
  mask_unknown: () => ({ what: 'Mask not seen clearly', next: 'Look at the mask yourself' }),
  face_no_match: () => ({ what: 'Face not matched', next: 'Show a pass or a document' }),
  face_uncertain: () => ({ what: 'Face not seen clearly', next: 'Take the cap off, look at the camera' }),
  spoof_suspected: () => ({ what: 'Not certain this is a live face', next: 'Show a document' }),
  identity_conflict: () => ({ what: 'The number fits two people', next: 'Compare a document' }),
  visitor_unannounced: () => ({ what: 'Visitor not announced', next: 'Call the host' }),
  roster_stale: () => ({ what: 'Roster too old', next: 'Check documents by hand', hint: 'Record every person' }),
  clock_untrusted: () => ({ what: 'The times do not agree', next: 'Check documents by hand' }),
  device_untrusted: () => ({ what: 'This terminal is not trusted', next: 'Check documents by hand' }),
  response_ended: () => ({ what: 'The response has ended', next: 'Ask the site lead' }),
  clinical_cleared: () => ({ what: 'Clinical reading is normal', next: 'Walk through' }),
  fever_confirmed: ({ temperature }) => ({
    what: temperature ? `Clinical reading ${temperature} ℃` : 'Clinical reading is high',
    next: 'Wait aside for the site lead',
    hint: 'Do not let the person leave alone',
  }),
};

export const wordsEn: VerdictWords = {
  word: { admit: 'Go in', correct: 'Mask, please', recheck: 'Once more', hold: 'Hold', deny: 'No entry' },
  listWord: { admit: 'In', correct: 'Mask', recheck: 'Once more', hold: 'Hold', deny: 'No entry' },
  admitOutWord: 'Go out',
  saidIn: 'Go in',
  saidOut: 'Go out',
  admitNext: { in: 'Walk through', out: 'Walk through' },
  overridden: {
    admit: { what: 'A supervisor decided', next: 'Walk through' },
    deny: { what: 'A supervisor decided', next: 'Ask the enterprise administrator' },
  },
  noReason: { what: 'No reason given', next: 'Ask the site lead' },
  againstVerdict: { what: 'The terminal let in someone on hold', next: 'Find the person first' },
  mask: { worn: 'Worn', missing: 'None', worn_wrong: 'Not right', unknown: 'Not seen' },
  sentence: (word, what, next) => `${word}. ${what}; ${lowerFirst(next)}`,
  pair: (first, second) => `${first}. ${second}`,
};

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
