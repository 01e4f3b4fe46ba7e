import type { Lang } from '../../i18n/lang';
import { useGet } from '../data';

/** Names of the rulebook in force. A key whose name is gone stands for itself. */
export function useRulebook() {
  const { data } = useGet('/rulebooks', {});
  const book = data?.definition;
  const named = (list: { key: string; name: { zh: string; en: string } }[] | undefined) => (key: string, lang: Lang) => list?.find((it) => it.key === key)?.name[lang] ?? key;
  return { departments: book?.departments ?? [], categories: book?.categories ?? [], departmentName: named(book?.departments), categoryName: named(book?.categories) };
}
