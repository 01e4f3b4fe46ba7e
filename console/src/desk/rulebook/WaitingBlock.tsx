import { App, Button } from 'antd';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { post, type RulebookView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { useInvalidate } from '../data';
import { GraveDialog } from '../parts/GraveDialog';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { leftParts } from './words';

/** The version that waits to begin: when it does, and the way back until then. */
export function WaitingBlock({ view, shown, mayWithdraw }: { view: RulebookView; shown: boolean; mayWithdraw: boolean }) {
  const t = useDesk();
  const { lang } = useLang();
  const { message } = App.useApp();
  const [asking, setAsking] = useState(false);
  const w = t.rulebook;
  const at = dayTime(view.valid_from, lang);
  return (
    <section className="block book-waiting" aria-label={w.waitingTitle(view.version)}>
      <h2>{w.waitingTitle(view.version)}</h2>
      <p>{w.waitingText(at)}</p>
      <Left until={Date.parse(view.valid_from ?? '')} />
      {view.note && !shown ? <p className="rules-note">{view.note}</p> : null}
      <div className="acts">
        {shown ? null : <Link to={paths.rulebooks({ version: view.version, tab: 'changes' })}><Button size="small">{w.look}</Button></Link>}
        {mayWithdraw ? <Button size="small" danger onClick={() => setAsking(true)}>{w.withdraw}</Button> : null}
      </div>
      {asking ? (
        <GraveDialog<RulebookView>
          title={w.withdrawTitle(view.version)} consequence={w.withdrawText(at)} confirmText={w.withdraw} needsReason={false} invalidates={['rulebooks']}
          send={(_, idempotencyKey) => post('/rulebooks/withdrawals', { body: { version: view.version }, idempotencyKey })}
          onDone={() => { setAsking(false); void message.success(w.withdrew(view.version)); }} onClose={() => setAsking(false)}
        />
      ) : null}
    </section>
  );
}

/** Counts down; what has begun is read again. */
function Left({ until }: { until: number }) {
  const t = useDesk();
  const invalidate = useInvalidate();
  const [now, setNow] = useState(() => Date.now());
  const over = until <= now;
  useEffect(() => {
    if (over) {
      invalidate('rulebooks', 'applications');
      return;
    }
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [over, invalidate]);
  const { days, clock } = leftParts(until - now);
  return <p className="book-left" role="timer"><small>{t.rulebook.leftLabel}</small><b>{t.rulebook.left(days, clock)}</b></p>;
}
