// Words about what is edited. Pure.
import type { Wording } from '../../../api';
import type { EditingStrings } from '../../../i18n/editing';
import type { Lang } from '../../../i18n/lang';

/** A title, or what stands for one that is not written yet. */
export function titleOf(words: Wording, e: Pick<EditingStrings, 'untitled'>, lang: Lang): string {
  return words[lang].trim() || words[lang === 'zh' ? 'en' : 'zh'].trim() || e.untitled;
}

/** Both languages: a version may change one of them alone. */
export function bothWords(words: Wording): string {
  return `${words.zh} / ${words.en}`;
}
