// How times, numbers and ids look. Times on the wire are UTC; people here live in one zone.
import type { Lang } from '../i18n/lang';

export const ZONE = 'Asia/Shanghai';
const LOCALE: Record<Lang, string> = { zh: 'zh-CN', en: 'en-GB' };
export const NONE = '—';

const formats = new Map<string, Intl.DateTimeFormat>();
function dateFormat(lang: Lang, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${lang}${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(LOCALE[lang], { timeZone: ZONE, ...options });
    formats.set(key, format);
  }
  return format;
}

/** The calendar day in the display zone, "2026-02-18". */
export function dayKey(at: string | number | Date): string {
  const parts = dateFormat('en', { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(new Date(at));
  const part = (type: string) => parts.find((it) => it.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** 07:41 */
export function clock(at: string | number | Date, seconds = false): string {
  const options: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  return dateFormat('en', seconds ? { ...options, second: '2-digit' } : options).format(new Date(at));
}

/** 2 月 18 日 / 18 Feb; with the year when it is not this year. */
export function day(at: string | number | Date, lang: Lang, now: number = Date.now()): string {
  const date = new Date(at);
  const sameYear = dayKey(date).slice(0, 4) === dayKey(now).slice(0, 4);
  const options: Intl.DateTimeFormatOptions = { month: lang === 'zh' ? 'long' : 'short', day: 'numeric', ...(sameYear ? {} : { year: 'numeric' }) };
  return spaced(dateFormat(lang, options).format(date), lang);
}

/** A number takes a space before Chinese: "3 分钟前", "11 月 22 日". */
function spaced(text: string, lang: Lang): string {
  return lang === 'zh' ? text.replace(/(\d)(?=[\u4e00-\u9fff])/g, '$1 ').replace(/([\u4e00-\u9fff])(?=\d)/g, '$1 ') : text;
}

export function weekday(at: string | number | Date, lang: Lang): string {
  return dateFormat(lang, { weekday: 'long' }).format(new Date(at));
}

/** Today: the clock alone; else the day and the clock. */
export function dayTime(at: string | null | undefined, lang: Lang, now: number = Date.now()): string {
  if (!at) return NONE;
  return dayKey(at) === dayKey(now) ? clock(at) : `${day(at, lang, now)} ${clock(at)}`;
}

/** The full time, to the second, for details. */
export function fullTime(at: string | null | undefined): string {
  return at ? `${dayKey(at)} ${clock(at, true)}` : NONE;
}

/** How long ago, or until, in the largest sensible unit. */
export function ago(at: string | null | undefined, lang: Lang, now: number = Date.now()): string {
  if (!at) return NONE;
  const seconds = Math.round((Date.parse(at) - now) / 1000);
  const size = Math.abs(seconds);
  const format = new Intl.RelativeTimeFormat(LOCALE[lang], { numeric: 'always', style: 'short' });
  const inUnit = (unit: Intl.RelativeTimeFormatUnit, length: number) => spaced(format.format(Math.trunc(seconds / length), unit), lang);
  if (size < 60) return inUnit('second', 1);
  if (size < 3600) return inUnit('minute', 60);
  if (size < 86_400) return inUnit('hour', 3600);
  return inUnit('day', 86_400);
}

export function number(value: number, lang: Lang): string {
  return new Intl.NumberFormat(LOCALE[lang]).format(value);
}

/** 36.4 ℃, one decimal, as every thermometer shows it. */
export function temperature(celsius: number | null | undefined): string {
  return celsius === null || celsius === undefined ? NONE : `${celsius.toFixed(1)} ℃`;
}

export function bytes(count: number, lang: Lang): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${new Intl.NumberFormat(LOCALE[lang], { maximumFractionDigits: digits }).format(value)} ${units[unit] ?? ''}`;
}

/** +1.4 s, −320 ms: a device's clock against ours. */
export function offset(ms: number | null): string {
  if (ms === null) return NONE;
  const sign = ms < 0 ? '−' : '+';
  const size = Math.abs(ms);
  return size < 1000 ? `${sign}${size} ms` : `${sign}${(size / 1000).toFixed(1)} s`;
}

/** The last eight characters of a prefixed id: enough for people to compare. */
export function shortId(id: string): string {
  const [prefix, rest] = id.split('_');
  return rest ? `${prefix}_…${rest.slice(-8)}` : id;
}

/** Days since a day, counting that day as the first. */
export function dayCount(since: string, now: number = Date.now()): number {
  return Math.floor((Date.parse(dayKey(now)) - Date.parse(dayKey(since))) / 86_400_000) + 1;
}

/** "2026-02-18T07:30" as people here read it, for an <input type="datetime-local">. */
export function toLocalInput(at: string | number): string {
  return `${dayKey(at)}T${clock(at)}`;
}

/** What was typed in the display zone, as UTC. The zone has had no summer time since 1991. */
export function fromLocalInput(local: string): string {
  return new Date(`${local}:00+08:00`).toISOString();
}
