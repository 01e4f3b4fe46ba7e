// What the server found wrong with a rulebook, at the inputs that hold it. Pure.
import type { Rulebook, RulebookFault, RulebookFaultCode, Wording } from '../../api';
import { isAt, type ListName, type Spot } from './edit';

export type Fault =
  | { input: string; code: Exclude<RulebookFaultCode, 'words'> }
  | { input: string; code: 'words'; most: number; empty: boolean };
export interface Placed { spot: Spot; fault: Fault }

const NAME_MOST = 60;
const REASON_MOST = 500;

/** Each fault at its inputs: `routes.2.lead` is the input `lead` of the third route, `holidays.0` a day. */
export function placeAll(book: Rulebook, faults: RulebookFault[]): Placed[] {
  const all = faults.flatMap((fault) => place(book, fault));
  return all.filter((it, at) => all.findIndex((other) => isAt(other.spot, it.spot) && other.fault.input === it.fault.input && other.fault.code === it.fault.code) === at);
}

function place(book: Rulebook, { at, code }: RulebookFault): Placed[] {
  const [list = '', place, input = 'whole'] = at.split('.');
  if (list === 'holidays' || list === 'workdays') return code === 'words' ? [] : [{ spot: { on: 'days' }, fault: { input: at, code } }];
  if (!isList(list)) return [];
  const spot: Spot = { on: list, at: Number(place ?? 0) };
  if (code !== 'words') return [{ spot, fault: { input, code } }];
  const words = wordsAt(book, list, spot.at, input);
  const seen = words ? wordFaults(input, words, input === 'reason' ? REASON_MOST : NAME_MOST) : [];
  return seen.map((fault) => ({ spot, fault }));
}

function isList(name: string): name is ListName {
  return name === 'departments' || name === 'categories' || name === 'regimes' || name === 'routes';
}

function wordsAt(book: Rulebook, list: ListName, at: number, input: string): Wording | undefined {
  return list === 'regimes' ? book.regimes[at]?.reason : input === 'name' ? book[list][at]?.name : undefined;
}

function wordFaults(input: string, words: Wording, most: number): Fault[] {
  return (['zh', 'en'] as const).flatMap((lang): Fault[] => {
    const length = [...words[lang].trim()].length;
    return 1 <= length && length <= most ? [] : [{ input: `${input}.${lang}`, code: 'words', most, empty: length === 0 }];
  });
}

/** What was just added is not wrong yet for being empty. */
export function isUnwritten({ spot, fault }: Placed, fresh: Spot | null): boolean {
  return fresh !== null && isAt(spot, fresh) && ((fault.code === 'words' && fault.empty) || fault.code === 'unreached');
}
