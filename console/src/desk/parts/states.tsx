import { ApiOutlined, FileSearchOutlined, InboxOutlined, LockOutlined, WarningOutlined } from '@ant-design/icons';
import { Button, Spin } from 'antd';
import type { ReactNode } from 'react';
import type { ApiError } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { clock } from '../../shared/format';
import { useDesk } from '../strings';

interface StateProps { icon: ReactNode; title: string; text?: ReactNode; action?: ReactNode; full?: boolean; alert?: boolean }

export function State({ icon, title, text, action, full, alert }: StateProps) {
  return (
    <div className={full ? 'state state-full' : 'state'} role={alert ? 'alert' : undefined}>
      <span className="state-icon" aria-hidden>{icon}</span>
      <h2>{title}</h2>
      {text ? <p>{text}</p> : null}
      {action ? <div className="state-action">{action}</div> : null}
    </div>
  );
}

export function LoadingState({ full }: { full?: boolean }) {
  const t = useDesk();
  return (
    <div className={full ? 'state state-full' : 'state'} role="status" aria-live="polite">
      <Spin />
      <p>{t.states.loading}</p>
    </div>
  );
}

export function EmptyState({ title, text, action }: { title: string; text?: ReactNode; action?: ReactNode }) {
  return <State icon={<InboxOutlined />} title={title} text={text} action={action} />;
}

export function FilteredEmptyState({ onClear }: { onClear: () => void }) {
  const t = useDesk();
  return <State icon={<FileSearchOutlined />} title={t.states.noMatch} text={t.states.noMatchHint} action={<Button onClick={onClear}>{t.list.clear}</Button>} />;
}

export function NoPermissionState({ text }: { text?: string }) {
  const t = useDesk();
  return <State icon={<LockOutlined />} title={t.states.noPermission} text={text ?? t.states.noPermissionHint} />;
}

/** Whatever the server said, in words: offline, not allowed, not there, or broken. */
export function ErrorState({ error, retry, full }: { error: ApiError; retry?: () => void; full?: boolean }) {
  const t = useDesk();
  const words = useCommon();
  const again = retry ? <Button onClick={retry}>{t.actions.retry}</Button> : undefined;
  if (error.isOffline) {
    return <State icon={<ApiOutlined />} title={t.states.offline(clock(Date.now()))} text={t.states.offlineHint} action={again} full={full} alert />;
  }
  if (error.status === 403) return <State icon={<LockOutlined />} title={t.states.noPermission} text={words.error(error.code, error.params)} full={full} alert />;
  if (error.status === 404) return <State icon={<FileSearchOutlined />} title={t.states.notFound} text={words.error(error.code, error.params)} full={full} alert />;
  const text = (
    <>
      {words.error(error.code, error.params)}
      {error.requestId ? <><br /><small>{words.requestId(error.requestId)}</small></> : null}
    </>
  );
  return <State icon={<WarningOutlined />} title={t.states.failed} text={text} action={again} full={full} alert />;
}
