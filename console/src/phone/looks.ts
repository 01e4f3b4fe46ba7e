// Who did what to her file, in words she would use.
import type { AccessView } from '../api';
import type { CommonStrings } from '../i18n/common';
import type { Act, PhoneWords } from './words';

export function actWords(it: AccessView, t: PhoneWords): string {
  return Object.hasOwn(t.looks.act, it.act) ? t.looks.act[it.act as Act] : t.looks.other;
}

export function actor(it: AccessView, t: PhoneWords, words: CommonStrings): string {
  if (it.actor_role === 'worker') return t.looks.you;
  const role = Object.hasOwn(words.role, it.actor_role) ? words.role[it.actor_role] : it.actor_role;
  return it.actor_role === 'system' ? role : `${role} ${it.actor_name}`;
}
