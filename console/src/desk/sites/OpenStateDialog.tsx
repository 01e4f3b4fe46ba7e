import { App, Form } from 'antd';
import { useState } from 'react';
import { post, type OpenState, type SiteView } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { Choice } from '../parts/Choice';
import { GraveDialog } from '../parts/GraveDialog';
import { useDesk } from '../strings';

const STATES: OpenState[] = ['open', 'suspended', 'not_open'];

export function OpenStateDialog({ site, onClose }: { site: SiteView; onClose: () => void }) {
  const t = useDesk();
  const words = useCommon();
  const { message } = App.useApp();
  const choices = STATES.filter((state) => state !== site.open_state && !(state === 'not_open' && site.open_state === 'suspended'));
  const [next, setNext] = useState<OpenState>(choices[0] ?? 'open');
  return (
    <GraveDialog<SiteView>
      title={t.sites.changeTitle(site.name)} consequence={t.sites.consequence[next](site.name, site.gates)} confirmText={t.sites.confirm} danger={next !== 'open'}
      invalidates={['sites', 'gates']} onClose={onClose}
      send={(reason, idempotencyKey) => post('/sites/{id}/open-state', { path: { id: site.id }, body: { open_state: next, reason }, idempotencyKey })}
      onDone={(saved) => {
        void message.success(`${saved.name}${t.gap}${words.openState[saved.open_state]}`);
        onClose();
      }}
    >
      <Form.Item label={t.sites.newState}>
        <Choice<OpenState> label={t.sites.newState} value={next} onChange={setNext} options={choices.map((value) => ({ value, label: words.openState[value] }))} />
      </Form.Item>
    </GraveDialog>
  );
}
