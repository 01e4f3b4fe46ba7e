import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Link, useSearchParams } from 'react-router';
import { get, type ApiError, type EnterpriseView, type Page } from '../../../api';
import { TextField } from '../../parts/fields';
import { Icon } from '../../parts/Icon';
import { Empty } from '../../parts/states';
import { useWords } from '../../words';
import { DutyTabScreen } from '../parts';
import { firmsOf } from '../round';
import { useDutySession } from '../session';
import { useRound } from '../useRound';
import { useDutyWords } from '../words';

const PAGE = 50;

/** His enterprises: asked of the server when it can be, else those that were taken along. */
export function FirmsPage() {
  const t = useDutyWords().firms;
  const phone = useWords();
  const { state } = useDutySession();
  const { round } = useRound();
  const [params, setParams] = useSearchParams();
  const search = params.get('search') ?? '';
  const [typed, setTyped] = useState(search);
  const list = useInfiniteQuery<Page<EnterpriseView>, ApiError, { pages: Page<EnterpriseView>[] }, readonly unknown[], string | undefined>({
    queryKey: ['/enterprises', search],
    queryFn: ({ pageParam, signal }) => get('/enterprises', { query: { search: search || undefined, limit: PAGE, cursor: pageParam }, signal }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: state === 'in',
  });
  const found = list.data?.pages.flatMap((it) => it.items);
  const items = found ?? firmsOf(round, search);
  const find = (event: FormEvent) => {
    event.preventDefault();
    setParams(typed.trim() ? { search: typed.trim() } : {}, { replace: true });
  };
  return (
    <DutyTabScreen title={t.title}>
      <form className="m-card m-form" role="search" onSubmit={find}>
        <TextField label={t.search} value={typed} onChange={setTyped} type="search" maxLength={100} />
        <button type="submit" className="m-button m-button-go m-wide">{t.find}</button>
      </form>
      {found ? null : list.isLoading ? null : <p className="m-note">{t.offline}</p>}
      {items.length === 0 && !list.isLoading ? <Empty title={t.none} hint={t.noneHint} /> : null}
      {items.length > 0 ? <ul className="m-list" aria-label={t.title}>{items.map((it) => <li key={it.id} className="m-nav"><Link to={`/duty/firms/${it.id}`}><span className="d-grow"><b>{it.name}</b><small>{it.area_name}</small></span><Icon name="next" /></Link></li>)}</ul> : null}
      {list.hasNextPage ? <button type="button" className="m-button m-wide" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{phone.more}</button> : null}
    </DutyTabScreen>
  );
}
