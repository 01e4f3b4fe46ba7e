import { Form } from 'antd';
import { useState } from 'react';
import { post, type AlarmClose, type AlarmFile, type AlarmView } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { Choice } from '../parts/Choice';
import { GraveDialog } from '../parts/GraveDialog';
import { useDesk } from '../strings';

interface Props { alarm: AlarmView; onClose: () => void; onDone: (file: AlarmFile) => void }

const DEVICE_KINDS: AlarmView['kind'][] = ['device_silent', 'device_untrusted', 'disk_space', 'clock_offset', 'device_quota'];

export function outcomesFor(kind: AlarmView['kind']): AlarmClose['outcome'][] {
  if (kind === 'appeal_late') return ['settled'];
  if (DEVICE_KINDS.includes(kind)) return ['repaired', 'false_alarm'];
  return kind === 'fever_suspected' ? ['cleared', 'fever_confirmed', 'false_alarm'] : ['cleared', 'removed', 'false_alarm'];
}

export function CloseDialog({ alarm, onClose, onDone }: Props) {
  const t = useDesk();
  const words = useCommon();
  const choices = outcomesFor(alarm.kind);
  const [outcome, setOutcome] = useState<AlarmClose['outcome']>(choices[0] ?? 'cleared');
  return (
    <GraveDialog<AlarmFile>
      title={t.alarms.closeTitle(words.alarmKind[alarm.kind])} consequence={t.alarms.closeConsequence} confirmText={t.alarms.close} reasonLabel={t.alarms.closeNote} danger={false}
      invalidates={['alarms', 'overview']} onClose={onClose} onDone={onDone} send={(note, idempotencyKey) => post('/alarms/{id}/close', { path: { id: alarm.id }, body: { outcome, note }, idempotencyKey })}
    >
      <Form.Item label={t.alarms.outcome}>
        <Choice<AlarmClose['outcome']> label={t.alarms.outcome} value={outcome} onChange={setOutcome} options={choices.map((value) => ({ value, label: words.alarmOutcome[value] }))} />
      </Form.Item>
    </GraveDialog>
  );
}
