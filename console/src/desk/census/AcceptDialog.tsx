import { App, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { post, type CensusAccepted } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { LoadingState } from '../parts/states';
import { useDesk } from '../strings';

interface Asked { dry_run: boolean; expected: number | null; turn: number }

/** All sure matches at once: how many they are, what happens, and then it does. */
export function AcceptDialog({ importId, area, onClose }: { importId: string | undefined; area: string | undefined; onClose: () => void }) {
  const t = useDesk();
  const w = t.census;
  const { lang } = useLang();
  const { message } = App.useApp();
  const [count, setCount] = useState<number | null>(null);
  const [turn, setTurn] = useState(0);
  const { submit, pending, error } = useSubmit<Asked, CensusAccepted>(
    ({ dry_run, expected }, idempotencyKey) => post('/census/acceptances', { body: { import_id: importId ?? null, area: area ?? null, dry_run, expected }, idempotencyKey }),
    {
      onDone: (it) => {
        setCount(it.count);
        if (it.dry_run) return;
        void message.success(w.accepted(number(it.count, lang)));
        onClose();
      },
      invalidates: ['census'],
      // They are others than those that were counted: count again.
      onError: (it) => { if (it.status === 409) setTurn((before) => before + 1); },
    },
  );
  useEffect(() => void submit({ dry_run: true, expected: null, turn }), [turn]); // eslint-disable-line react-hooks/exhaustive-deps
  const shown = number(count ?? 0, lang);
  return (
    <Modal
      open destroyOnHidden title={count ? w.acceptTitle(shown) : w.accept} onCancel={onClose} cancelText={t.actions.cancel} okText={count ? w.acceptDo(shown) : w.accept}
      okButtonProps={{ disabled: !count, loading: pending }} onOk={() => void submit({ dry_run: false, expected: count, turn })}
    >
      <ErrorAlert error={error} />
      {count === null ? <LoadingState /> : <p>{count === 0 ? w.acceptNone : w.acceptText(shown)}</p>}
    </Modal>
  );
}
