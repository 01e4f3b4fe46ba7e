import type { DeskStrings } from '../../i18n/desk';

/** "person.reveal" in words, where we have them; the code itself where we do not. */
export function actWords(act: string, t: DeskStrings): string {
  const words = t.auditActs as Record<string, string>;
  return words[act] ?? act;
}
