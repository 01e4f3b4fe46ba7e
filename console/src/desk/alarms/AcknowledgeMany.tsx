import { App, Button } from 'antd';
import { useState } from 'react';
import { post, type AlarmView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { uuid } from '../../shared/uuid';
import { useInvalidate } from '../data';
import { useSession } from '../session/session';
import { useDesk } from '../strings';

/** Acknowledges the chosen alarms that nobody has acknowledged yet, one after the other. */
export function AcknowledgeMany({ alarms, clear }: { alarms: AlarmView[]; clear: () => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const { message } = App.useApp();
  const invalidate = useInvalidate();
  const { permissions } = useSession();
  const [done, setDone] = useState<number | null>(null);
  const raised = alarms.filter((it) => it.state === 'raised');
  if (raised.length === 0 || !permissions.includes('handle_alarms')) return null;
  const acknowledge = async () => {
    let failed = 0;
    for (const [at, { id }] of raised.entries()) {
      setDone(at);
      // Another who was faster leaves nothing to do; the list says so when it is read again.
      await post('/alarms/{id}/acknowledge', { path: { id }, idempotencyKey: uuid() }).catch(() => { failed += 1; });
    }
    setDone(null);
    invalidate('alarms', 'overview');
    if (failed === 0) {
      clear();
      void message.success(t.alarms.acknowledgedMany(number(raised.length, lang)));
    } else void message.error(t.alarms.acknowledgeFailed(number(failed, lang)));
  };
  return <Button size="small" type="primary" loading={done !== null} onClick={() => void acknowledge()}>{t.alarms.acknowledgeMany(number(raised.length - (done ?? 0), lang))}</Button>;
}
