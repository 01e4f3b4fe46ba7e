// Words of the editor of application forms and of the risk of areas.
import type { FormFaultCode, Prefill, RiskLevel } from '../api';
import type { Why } from '../desk/forms/conditions';
import type { FieldPart, SectionPart } from '../desk/forms/diff';
import type { Kind } from '../desk/forms/edit';

export type IndustrySection = 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G' | 'H' | 'I' | 'J' | 'K' | 'L' | 'M' | 'N' | 'O' | 'P' | 'Q' | 'R' | 'S' | 'T';

export interface FormsStrings {
  title: string; lead: string; versions: string; version: (n: number) => string; inForce: string; byProgram: string; questions: (n: string) => string; newVersion: string; goOn: string; more: string;
  tabs: Record<'changes' | 'preview', string>; compareWith: string; noCompare: string; same: string; tally: (added: number, changed: number, removed: number) => string;
  changes: { pledge: string; section_added: (title: string) => string; section_removed: (title: string) => string; section_changed: (title: string) => string; field_added: (label: string, section: string) => string; field_removed: (label: string, section: string) => string; field_changed: (label: string) => string };
  parts: Record<SectionPart | FieldPart, string>; was: string; is: string; moved: (from: string, to: string) => string; reordered: string; none: string; and: string;
  edit: {
    title: string; from: (version: number) => string; panes: Record<'outline' | 'edit' | 'preview', string>;
    outline: string; whole: string; addSection: string; addQuestion: string; addHere: (section: string) => string; section: string; question: string; full: string;
    moveTo: string; removeSection: (n: number) => string; removeQuestion: string; breaks: string; moveTitle: string; moveAnyway: string; breaksAt: Record<'shown_when' | 'required', (holder: string) => string>;
    name: string; label: string; help: string; lead: string; pledge: string; pledgeHint: string; keyHint: string; planned: string; kind: string; kinds: Record<Kind, string>;
    least: string; most: string; mostCharacters: string; mostFiles: string; unit: string;
    options: string; option: (n: number) => string; code: string; codeOf: (n: number) => string; addOption: string; removeOption: (n: number) => string; optionUp: (n: number) => string; optionDown: (n: number) => string; removeOptionTitle: (label: string) => string;
    required: string; needs: Record<'always' | 'never' | 'when', string>; shown: string; shownAlways: string; shownWhen: string; prefill: string; prefills: Record<Prefill, string>; noPrefill: string;
    publishTitle: (version: number) => string; publishText: string; noteHint: string; published: (version: number) => string;
  };
  conditions: {
    is: Record<'all' | 'any' | 'not' | 'yes' | 'chosen' | 'at_least' | 'industry' | 'size' | 'risk', string>; kind: string; question: string; pick: string; value: string; codes: string; begins: string; beginsHint: string; beginsRule: string; classes: string; levels: string; add: string; remove: string; none: string; lost: (key: string) => string; 
    words: { all: string; any: string; not: (what: string) => string; yes: (q: string) => string; chosen: (q: string, what: string) => string; at_least: (q: string, n: string) => string; industry: (what: string) => string; size: (what: string) => string; risk: (what: string) => string; nothing: string };
  };
  faults: Record<Exclude<FormFaultCode, 'words' | 'options' | 'condition' | 'size'>, string> & {
    empty: string; long: (most: number) => string; sizeForm: string; sizeSection: string; options: Record<'count' | 'code' | 'code_twice', string>; condition: Record<Why, (question: string) => string>; whole: Record<'words' | 'condition', string>;
  };
  preview: {
    title: string; lead: string; applicant: string; industry: string; size: string; risk: string; asked: (asked: string, all: string) => string; required: (n: string) => string; missing: (n: string) => string; strict: string; again: string; notAsked: (label: string) => string; nothing: string; file: string; files: string; removeFile: (name: string) => string; fault: (n: number) => string;
  };
  takes: { text: (most: string) => string; number: (least: string, most: string) => string; files: (most: string) => string };
  industries: Record<IndustrySection, string>;
}

export interface RisksStrings {
  title: string; lead: string; tree: string; ownList: string; noneOwn: string; noneOwnHint: string; detail: string; pick: string; level: string; inherits: (area: string) => string; inheritsNothing: string; ownLevel: string; setBy: string; setAt: string; 
  change: string; takeBack: string; changeTitle: (area: string) => string; levelOf: string; follow: (n: string) => string; followNone: string; counting: string; keepOwn: (n: string) => string; fromNow: string; confirm: string; changed: (area: string, level: string) => string; sameLevel: string; levelRule: string;
  takeBackTitle: (area: string) => string; takeBackText: (level: string) => string; taken: (area: string) => string; levels: Record<RiskLevel, string>; counts: (high: string, medium: string) => string; show: (area: string) => string;
}
