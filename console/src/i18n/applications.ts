// Words of the applicant's side of reopening.
import type { ApplicationAct, ApplicationState } from '../api/types';
import type { FaultCode } from '../shared/forms/rules';

export interface ApplicationsStrings {
  title: string; count: (n: string) => string; add: string; none: string; noneHint: string; search: string; number: string; sites: string; state: string; planned: string; people: (n: string) => string; deadlines: string; saved: string;
  states: Record<ApplicationState, string>; acts: Record<ApplicationAct, string>; replyBy: (at: string) => string; decideBy: (at: string) => string; more: (n: number) => string;
  begin: { title: string; lead: string; sites: string; required: string; none: string; submit: string; open: (number: string) => string; loadMore: string };
  sections: string; missing: (n: number) => string; complete: string; previous: string; next: string; toReview: string; required: string; readOnly: string; characters: (n: number, most: number) => string; range: (least: string, most: string) => string; choose: string; yes: string; no: string; clear: string; unanswered: string; form: (version: number) => string;
  faults: Record<FaultCode, (least: string, most: string) => string>; tooManyFiles: (most: string) => string; fileRequired: string;
  saving: { saved: (at: string) => string; fresh: string; waiting: string; saving: string; failed: string; retry: string; leave: string };
  clash: { title: string; mine: string; theirs: string; keepMine: string; takeTheirs: string };
  returned: { title: string; by: (name: string, at: string) => string; only: string; toField: string };
  files: { add: string; hint: (most: number) => string; full: (most: number) => string; sending: (percent: number) => string; progress: (name: string) => string; stop: string; brokeOff: string; goOn: string; sameFile: (name: string, percent: number) => string; refused: (name: string) => string; why: Record<string, string>; form: string; tooLarge: string; remove: (name: string) => string; removeTitle: (name: string) => string; removeConsequence: string; removeConfirm: string; removed: string; download: (name: string) => string; dismiss: string };
  review: { title: string; missing: (n: number) => string; missingHint: string; ready: string; unsaved: string; uploading: string; sign: string; clash: string };
  pledge: { title: string; lead: string; signer: string; signerRule: string; pad: string; padHint: string; padKeys: string; clear: string; empty: string; submit: string; confirmTitle: string; confirmText: (name: string, number: string) => string; confirm: string; done: string; changed: string; reload: string; back: string; image: (name: string) => string; at: string; digest: string; text: string };
  view: { answers: string; files: string; record: string; next: string; pdf: string; noRecord: string; fields: string; nothing: string };
  nextStep: Record<ApplicationState, string>;
  discard: string; discardTitle: (number: string) => string; discardText: string; discarded: string;
}
