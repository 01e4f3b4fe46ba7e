import type { FormDefinition } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { useDesk } from '../strings';
import type { Says } from './words';

/** The words for what is in a form, in the page's language. */
export function useSays(form: FormDefinition): Says {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  return { w: t.forms, e: t.editing, sizes: words.sizeClass, risks: t.risks.levels, lang, form };
}
