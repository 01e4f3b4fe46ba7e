import { Button } from 'antd';
import type { ApplicationAct, ApplicationFile, ApplicationView } from '../../api';
import type { ReviewAsk, ReviewStrings } from '../../i18n/desk';
import { useLang } from '../../i18n/LangProvider';
import { usePhone } from '../parts/useMedia';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { inOrder, isOpen, labelOf } from './model';

const ASKED: ReviewAsk[] = ['approve', 'order_visit', 'send_back', 'comment', 'release', 'reinstate', 'reject', 'suspend', 'revoke'];
const GRAVE: ReviewAsk[] = ['reject', 'suspend', 'revoke'];
const FIRST: ReviewAsk[] = ['approve', 'reinstate'];

interface Props { file: ApplicationFile; marked: ReadonlySet<string>; claiming: boolean; claim: () => void; ask: (act: ReviewAsk) => void; spotCheck: () => void; next: ApplicationView | null; onNext: () => void }

/** What may be done now; nothing of it is done without a word but taking it. */
export function Acts({ file, marked, claiming, claim, ask, spotCheck, next, onNext }: Props) {
  const t = useDesk();
  const { lang } = useLang();
  const phone = usePhone();
  const w = t.review;
  const may = (act: ApplicationAct) => file.acts.includes(act);
  const marks = inOrder(file, marked);
  const passesOver = useCan()('manage_reopening');
  const idle = !may('claim') && !may('approve');
  return (
    <section className="block review-acts" id="acts" aria-label={w.decide}>
      <h2>{w.decide}</h2>
      <Nothing file={file} />
      {may('approve') && file.hindrance ? <p className="review-hindered">{hindered(w, file)}{passesOver ? ` ${w.passOver}` : ''}</p> : null}
      {may('send_back') ? (
        <div className="review-marks">
          {marks.length === 0 ? <small>{w.markedNone}</small> : <><small>{w.marked}</small><ul>{marks.map((key) => <li key={key}>{labelOf(file, key, lang)}</li>)}</ul></>}
        </div>
      ) : null}
      <div className="acts">
        {may('claim') ? <Button type="primary" loading={claiming} onClick={claim}>{w.acts.claim}</Button> : null}
        {ASKED.filter(may).map((act) => <Button key={act} type={FIRST.includes(act) ? 'primary' : 'default'} danger={GRAVE.includes(act)} disabled={act === 'approve' && Boolean(file.hindrance) && !passesOver} onClick={() => ask(act)}>{act === 'comment' ? w.comment : w.ask[act].confirm}</Button>)}
        {isOpen(file.application.state) ? <Button onClick={spotCheck}>{t.inspections.spotCheck}</Button> : null}
        {next ? <Button type={idle ? 'primary' : 'default'} onClick={onNext}>{w.next}</Button> : null}
      </div>
      {next ? null : <small>{w.noNext}</small>}
      {phone ? null : <small className="review-keys">{w.fileKeys}</small>}
    </section>
  );
}

function hindered(words: ReviewStrings, file: ApplicationFile): string {
  return words.hindered[file.hindrance as keyof typeof words.hindered] ?? '';
}

/** Why there is nothing to do here. */
function Nothing({ file }: { file: ApplicationFile }) {
  const t = useDesk();
  const it = file.application;
  if (file.acts.some((act) => act !== 'submit')) return null;
  if (it.claimed_name && !it.claimed_by_me && it.state !== 'approved') return <p>{t.review.othersHave(it.claimed_name ?? '—')}</p>;
  return <p>{it.state === 'returned' ? t.review.waitsForApplicant : t.review.nothingToDo}</p>;
}
