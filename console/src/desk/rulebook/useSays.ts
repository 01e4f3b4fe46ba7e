import { useQueries } from '@tanstack/react-query';
import { get, type Rulebook } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { getKey } from '../data';
import { useDesk } from '../strings';
import type { Says } from './words';

/** Names of areas by their codes; the code itself until, or where nobody, has a name. */
function useAreaNames(codes: string[]): (code: string) => string {
  const query = (code: string) => ({ query: { search: code, limit: 1 } });
  const found = useQueries({
    queries: codes.map((code) => ({ queryKey: getKey('/areas', query(code)), queryFn: ({ signal }: { signal: AbortSignal }) => get('/areas', { ...query(code), signal }), staleTime: 300_000 })),
  });
  return (code) => found[codes.indexOf(code)]?.data?.items.find((it) => it.code === code)?.name ?? code;
}

/** The words for what is in a rulebook, in the page's language. */
export function useSays(book: Rulebook): Says {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const area = useAreaNames([...new Set([...book.regimes, ...book.routes].flatMap((it) => it.group.areas))]);
  return { w: t.rulebook, e: t.editing, forms: t.forms, sizes: words.sizeClass, risks: t.risks.levels, lang, book, area };
}
