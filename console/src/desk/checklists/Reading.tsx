import type { Checklist, ChecklistItem } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { titleOf } from '../parts/edit/words';
import { StateTag } from '../parts/StateTag';
import { useDesk } from '../strings';
import { itemsOf } from './edit';

/** A checklist as it is walked through. */
export function Reading({ list, here }: { list: Checklist; here?: ChecklistItem | null }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.checklists;
  const items = itemsOf(list);
  return (
    <div className="checklist">
      <p className="form-lead">{w.counts(number(items.length, lang), number(items.filter((it) => it.critical).length, lang))}</p>
      {list.sections.map((section, at) => (
        <section key={at}>
          <h3>{at + 1}. {titleOf(section.title, t.editing, lang)}</h3>
          <ul>
            {section.items.map((it, index) => (
              <li key={index} className={it === here ? 'is-here' : ''}>
                <span>{titleOf(it.label, t.editing, lang)}</span>
                <small>{it.critical ? <StateTag tone="waits">{w.critical}</StateTag> : null}{it.photo === 'never' ? null : <span>{w.photos[it.photo]}</span>}</small>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
