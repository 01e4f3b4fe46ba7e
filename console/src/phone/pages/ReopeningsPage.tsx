import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Link, useSearchParams } from 'react-router';
import { get, type ApiError, type Page, type ReopeningView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayKey } from '../../shared/format';
import { TextField } from '../parts/fields';
import { Empty, Failed, Waiting } from '../parts/states';
import { useWords } from '../words';

const PAGE = 30;

/** For anybody: which enterprises have reopened. What is searched stands in the address, so that a link can be sent. */
export function ReopeningsPage() {
  const t = useWords();
  const words = useCommon();
  const { lang, setLang } = useLang();
  const [params, setParams] = useSearchParams();
  const search = params.get('search') ?? '';
  const [typed, setTyped] = useState(search);
  const list = useInfiniteQuery<Page<ReopeningView>, ApiError, { pages: Page<ReopeningView>[] }, readonly unknown[], string | undefined>({
    queryKey: ['/reopenings', search],
    queryFn: ({ pageParam, signal }) => get('/reopenings', { query: { search: search || undefined, limit: PAGE, cursor: pageParam }, signal }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const items = list.data?.pages.flatMap((it) => it.items) ?? [];
  const find = (event: FormEvent) => {
    event.preventDefault();
    setParams(typed.trim() ? { search: typed.trim() } : {}, { replace: true });
  };
  return (
    <div className="m-screen">
      <header className="m-head"><h1>{t.reopening.title}</h1></header>
      <main className="m-main">
        <p className="m-note">{t.reopening.lead}</p>
        <form className="m-card m-form" role="search" onSubmit={find}>
          <TextField label={t.reopening.search} hint={t.reopening.searchHint} value={typed} onChange={setTyped} type="search" maxLength={100} />
          <button type="submit" className="m-button m-button-go m-wide">{t.reopening.find}</button>
        </form>
        {list.isPending ? <Waiting /> : null}
        {list.error ? <Failed error={list.error} retry={() => void list.refetch()} /> : null}
        {list.isSuccess && items.length === 0 ? <Empty title={t.reopening.none} hint={t.reopening.noneHint} /> : null}
        {items.length > 0 ? (
          <ul className="m-list" aria-label={t.reopening.found}>
            {items.map((it) => (
              <li key={it.id}>
                <Link className="m-link" to={`/reopening/${it.id}`}><b>{it.enterprise_name}</b></Link>
                <small>{[it.sites.join(lang === 'zh' ? '、' : ', '), it.area_name].join('　')}</small>
                {it.since ? <time dateTime={it.since}>{t.reopening.since(dayKey(it.since))}</time> : null}
              </li>
            ))}
          </ul>
        ) : null}
        {list.hasNextPage ? <button type="button" className="m-button m-wide" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{t.more}</button> : null}
        <button type="button" className="m-link" onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}>{words.language.other}</button>
      </main>
    </div>
  );
}
