import { Button } from 'antd';
import { get, type AccessView, type PersonFile } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime, number } from '../../shared/format';
import { PAGE_SIZE, usePages } from '../data';
import { useSession } from '../session/session';
import { actWords } from '../audit/auditWords';
import { useDesk } from '../strings';

/** What others are shown of this person, and who has looked. */
export function AccessList({ personId, file }: { personId: string; file: PersonFile }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const { account } = useSession();
  const list = usePages<AccessView>(['accesses', personId], (cursor, signal) => get('/people/{id}/accesses', { path: { id: personId }, query: { cursor, limit: PAGE_SIZE }, signal }));
  const wordOf = (table: Record<string, string>, code: string) => table[code] ?? code;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls beside the file
    <section className="file-right" aria-label={t.file.accesses} tabIndex={0}>
      <h2>{t.file.others}</h2>
      <dl className="sees">
        <div><dt>{t.file.gateSees}</dt><dd>{words.allowed[file.status.allowed]}</dd></div>
        <div><dt>{t.file.authoritySees}</dt><dd>{t.file.full}</dd></div>
        <div><dt>{t.file.selfSees}</dt><dd>{t.file.full}</dd></div>
      </dl>
      <h2>{t.file.accesses}<small>{t.file.accessCount(number(file.access_count, lang))}</small></h2>
      {!list.loading && list.items.length === 0 ? <p className="muted">{t.file.noAccesses}</p> : null}
      <ol className="access">
        {list.items.map((it, at) => (
          <li key={`${it.at}${at}`} className={it.actor_name === account.display_name ? 'me' : ''}>
            <time dateTime={it.at}>{dayTime(it.at, lang)}</time>
            <div>
              <b>{it.actor_name}</b> <span className="muted">{words.role[it.actor_role]}</span>
              <p>{[actWords(it.act, t), wordOf(words.purpose, it.purpose), it.fields.length ? t.file.fields(it.fields.map((field) => wordOf(t.file.fieldName, field)).join(' ')) : null, it.note].filter(Boolean).join(t.gap)}</p>
            </div>
          </li>
        ))}
      </ol>
      {list.more ? <Button size="small" onClick={list.more} loading={list.loadingMore}>{t.file.moreAccesses}</Button> : null}
    </section>
  );
}
