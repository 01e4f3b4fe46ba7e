import type { ReviewStrings } from '../desk';
import { decisionFile } from './listImport';

const s = (n: number) => (n === 1 ? '' : 's');

export const review: ReviewStrings = {
  fromFile: decisionFile,
  title: 'Reopening applications', count: (n) => `${n} in all`, tabs: { waiting: 'Waiting', mine: 'In review by me', returned: 'Sent back', decided: 'Decided', all: 'All' }, search: 'Number, enterprise or credit code', area: 'Area',
  number: 'Number', enterprise: 'Enterprise', sites: 'Sites', moreSites: (name, n) => `${name} and ${n - 1} more`, industry: 'Industry', size: 'Size', planned: 'To return', people: (n) => `${n} people`,
  submitted: 'Submitted', due: 'Due', reviewer: 'Reviewer', nobody: 'Nobody yet', me: 'Me', state: 'State', risk: 'Risk',
  states: { draft: 'Draft', submitted: 'Waiting', in_review: 'In review', returned: 'Sent back', inspection_due: 'Inspection due', inspected: 'Inspected', approved: 'Approved', rejected: 'Refused', suspended: 'Suspended', revoked: 'Revoked', filed: 'Filed' },
  acts: { submit: 'Submitted', claim: 'Taken into review', release: 'Put back', comment: 'Comment', send_back: 'Sent back', approve: 'Approved', reject: 'Refused', suspend: 'Suspended', reinstate: 'Reinstated', revoke: 'Revoked', file: 'Filed', recall: 'Sent back by rule', opine: 'Opinion of a department', order_visit: 'Visit ordered', pass_visit: 'Visit passed', fail_visit: 'Visit failed' },
  risks: { low: 'Low risk', medium: 'Medium risk', high: 'High risk' },
  replyBy: (at) => `Take by ${at}`, decideBy: (at) => `Decide by ${at}`, late: (by) => `Late by ${by}`, hours: (n) => `${n} hour${s(n)}`, days: (n) => `${n} day${s(n)}`,
  none: { waiting: 'Nothing is waiting', mine: 'You have nothing in review', returned: 'Nothing was sent back', decided: 'Nothing was decided yet', all: 'No applications yet' }, noneHint: 'What enterprises submit appears under “Waiting”.', keys: 'j / k to move, Enter to open',
  claimMany: (n) => `Take ${n} into review`, claimProgress: (done, of) => `Taking ${done} of ${of}`, claimedMany: (n) => `${n} taken; they are under “In review by me”`,
  resultTitle: (done, of) => `${done} of ${of} taken into review`, resultFailed: 'These could not be taken:', taken: (by) => `${by} has taken it`, takenBySomebody: 'Somebody else has taken it, or its state has changed',
  answers: 'Application', yes: 'Yes', no: 'No', unanswered: 'Not answered', look: 'Take a look', lookCount: (n) => `${n} answer${s(n)} to look at`, mark: (label) => `Mark “${label}”`, marked: 'Marked questions', markedNone: 'Nothing is marked: a return opens every question.', markHint: 'Mark what is wrong: a return opens only these questions.', download: (name) => `Download ${name}`, noFiles: 'No files', gone: 'Not whole yet',
  applicant: 'Applicant', decisionDue: 'To be decided by', decidedAt: 'Decided', pdf: 'Download PDF', toActs: 'Go to the decision',
  pledge: 'Pledge', noPledge: 'Not signed yet', signature: (name) => `Signature of ${name}`, digest: 'Digest (SHA-256)', record: 'Record', about: 'About: ',
  decide: 'Decision', othersHave: (by) => `${by} has it in review. To take over, ask for it to be put back first.`, nothingToDo: 'There is nothing for you to do now.', waitsForApplicant: 'The enterprise has to put it right and submit again.', fileKeys: 'c take · b send back · a approve · n next', next: 'Next one waiting', noNext: 'Nothing else is waiting',
  done: { submit: 'Submitted', claim: 'Taken: it is yours to review', release: 'Put back', comment: 'Comment written', send_back: 'Sent back', approve: 'Approved', reject: 'Refused', suspend: 'Suspended', reinstate: 'Reinstated', revoke: 'Revoked', file: 'Filed', recall: 'Sent back', opine: 'Written down', order_visit: 'Visit ordered', pass_visit: 'Visit passed', fail_visit: 'Visit failed' },
  conflict: (by) => `${by} was faster with this application. Below is how it stands now; what you did had no effect.`, conflictUnknown: 'Somebody else was faster with this application. Below is how it stands now; what you did had no effect.',
  ask: {
    order_visit: { title: (number) => `Have ${number} visited`, confirm: 'Order a visit', consequence: 'An officer visits with the checklist. After a pass it comes back to you for the decision; after a fail it is visited again.' },
    release: { title: (number) => `Put ${number} back`, confirm: 'Put back', consequence: 'Others can take it then; the deadline stays.' },
    comment: { title: (number) => `Comment on ${number}`, confirm: 'Write down', consequence: 'It goes into the record, where the enterprise reads it. The state stays.' },
    send_back: { title: (number) => `Send ${number} back`, confirm: 'Send back', consequence: 'The enterprise reads your words, changes the answers, signs and submits again; deadlines begin anew then.' },
    approve: { title: (number) => `Approve ${number}`, confirm: 'Approve', consequence: 'These sites open at once, and their gates let people in:' },
    reject: { title: (number) => `Refuse ${number}`, confirm: 'Refuse', consequence: 'The application ends here and the sites stay closed. The enterprise reads why, and may apply anew.' },
    suspend: { title: (number) => `Suspend ${number}`, confirm: 'Suspend', consequence: 'From now on the gates of these sites let nobody in, until it is reinstated:' },
    reinstate: { title: (number) => `Reinstate ${number}`, confirm: 'Reinstate', consequence: 'From now on the gates of these sites let people in again:' },
    revoke: { title: (number) => `Revoke ${number}`, confirm: 'Revoke', consequence: 'This cannot be undone: to reopen, the enterprise has to apply anew. The gates of these sites let nobody in:' },
  },
  hindered: { visit_missing: 'The site has not been visited. Order a visit first.', opinion_missing: 'A department has not answered, and still has time.', opinion_objects: 'A department objects.' }, passOver: 'The command may decide with a reason, which goes into the record.', regimes: { approval: 'Approval', filing: 'Filing', closed: 'Not accepted' }, regime: 'Regime', department: 'Department', anyDepartment: 'Any department', mineOnly: 'My departments only',
  opinions: 'Departments', opinion: { agree: 'Agrees', object: 'Objects' }, opinionDue: (at) => `Answers by ${at}; silence is no objection`, opinionSilent: 'Did not answer in time', opinionEarlier: 'before the correction', agree: 'Agree', object: 'Object', agreeTitle: (department) => `${department}: agree`, objectTitle: (department) => `${department}: object`,
  agreeText: 'This goes into the record, and the enterprise reads it. It can be changed until the decision.', objectText: 'Nothing is approved against an objection. Say what is wrong and how to put it right.', opinionDone: 'Written down', whitelist: 'Whitelist', batch: (category, n) => `${category}, batch ${n}`, noWhitelist: 'On no whitelist', newBatch: 'New batch', newBatchTitle: 'New whitelist batch', batchNote: 'What it follows (paper or meeting)', batchMade: (name) => `${name} made`, category: 'Category', visitWanted: 'Visited before approval',
  approveMany: (n) => `Approve ${n}`, approveManyTitle: (n) => `Approve ${n} applications`, approveManyText: 'You take those that nobody has. Their sites open at once and their gates let people in. Those that may not be approved are named; the others are not held up.', approvedMany: (n) => `${n} approved`, approvedSome: (done, of) => `${done} of ${of} approved`, refusedOnes: 'These were not approved:', unknownOnes: (n) => `${n} more are outside your reach.`,
  noteTo: 'To the enterprise', allOpen: 'Nothing is marked: every question opens again.', comment: 'Comment',
  starts: { lead: 'What is due soonest comes first', mine: 'In review by me', waiting: 'Waiting', all: 'All applications', open: 'Open the list' },
};
