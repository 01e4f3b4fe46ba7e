import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useLang } from '../../../i18n/LangProvider';
import { dayTime } from '../../../shared/format';
import { useDesk } from '../../strings';

export interface VersionEntry { version: number; valid_from: string | null; set_by: string | null; note: string; tag: ReactNode; more?: string }
interface Props { items: VersionEntry[]; shown: number; onShow: (version: number) => void; more: (() => void) | null; loadingMore: boolean; byProgram: string }

/** All versions with who, when and why; one of them is shown. */
export function Versions({ items, shown, onShow, more, loadingMore, byProgram }: Props) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.forms;
  return (
    <section className="block">
      <h2>{w.versions}</h2>
      <ul className="rules-history">
        {items.map((it) => (
          <li key={it.version}>
            <button type="button" aria-pressed={it.version === shown} onClick={() => onShow(it.version)}>
              <b>{w.version(it.version)} {it.tag}</b>
              <small>{it.valid_from ? `${dayTime(it.valid_from, lang)}${t.gap}` : ''}{it.set_by ?? byProgram}{it.more ? `${t.gap}${it.more}` : ''}</small>
              {it.note ? <small>{it.note}</small> : null}
            </button>
          </li>
        ))}
      </ul>
      {more ? <Button size="small" onClick={more} loading={loadingMore}>{w.more}</Button> : null}
    </section>
  );
}
