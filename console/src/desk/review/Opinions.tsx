import { App, Button } from 'antd';
import { useState } from 'react';
import { post, type ApplicationFile, type ApplicationView, type Opinion, type OpinionView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime, fullTime } from '../../shared/format';
import { GraveDialog } from '../parts/GraveDialog';
import { useNow } from '../parts/useNow';
import { useDesk } from '../strings';
import { CHANGED } from './AskDialog';
import { useRulebook } from './useRulebook';

/** What the departments that are heard say; whoever belongs to one says it here. */
export function Opinions({ file }: { file: ApplicationFile }) {
  const t = useDesk();
  const { lang } = useLang();
  const { message } = App.useApp();
  const { departmentName } = useRulebook();
  const [saying, say] = useState<{ of: OpinionView; opinion: Opinion } | null>(null);
  if (file.opinions.length === 0) return null;
  const w = t.review;
  return (
    <section className="block">
      <h2>{w.opinions}</h2>
      <ul className="review-opinions">
        {file.opinions.map((it) => (
          <li key={it.id} className={it.current ? '' : 'muted'}>
            <b>{departmentName(it.department, lang)}</b><Said it={it} />
            {it.note ? <p className="review-text">{it.note}</p> : null}
            {it.current && file.speaks_for.includes(it.department) ? (
              <div className="acts">
                {it.opinion === 'agree' ? null : <Button size="small" type="primary" onClick={() => say({ of: it, opinion: 'agree' })}>{w.agree}</Button>}
                {it.opinion === 'object' ? null : <Button size="small" danger onClick={() => say({ of: it, opinion: 'object' })}>{w.object}</Button>}
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      {saying ? (
        <GraveDialog<ApplicationView>
          title={saying.opinion === 'agree' ? w.agreeTitle(departmentName(saying.of.department, lang)) : w.objectTitle(departmentName(saying.of.department, lang))}
          confirmText={w[saying.opinion]} danger={saying.opinion === 'object'} needsReason={saying.opinion === 'object'} maxReason={1000} reasonLabel={w.noteTo}
          consequence={<p>{saying.opinion === 'agree' ? w.agreeText : w.objectText}</p>} invalidates={CHANGED} onClose={() => say(null)}
          onDone={() => { say(null); void message.success(w.opinionDone); }}
          send={(note, idempotencyKey) => post('/applications/{id}/opinions', {
            path: { id: file.application.id }, body: { department: saying.of.department, opinion: saying.opinion, note: note || null, seen: saying.of.opinion ?? null }, idempotencyKey,
          })}
        />
      ) : null}
    </section>
  );
}

function Said({ it }: { it: OpinionView }) {
  const t = useDesk();
  const { lang } = useLang();
  const now = useNow();
  const w = t.review;
  const earlier = it.current ? '' : `${t.gap}${w.opinionEarlier}`;
  if (it.opinion) return <span className={it.opinion === 'object' ? 'bad' : ''}>{w.opinion[it.opinion]}{t.gap}{it.given_by}{t.gap}{it.given_at ? fullTime(it.given_at) : ''}{earlier}</span>;
  return <span>{Date.parse(it.due_at) <= now ? w.opinionSilent : w.opinionDue(dayTime(it.due_at, lang, now))}{earlier}</span>;
}
