import type { ReactNode } from 'react';
import type { ApiError } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { useMySession } from '../session';
import { useWords } from '../words';
import { Icon } from './Icon';

export function Waiting() {
  const t = useWords();
  return <p className="m-state" role="status">{t.waiting}</p>;
}

export function Empty({ title, hint }: { title: string; hint?: string }) {
  return <div className="m-state"><b>{title}</b>{hint ? <p>{hint}</p> : null}</div>;
}

/** What went wrong and what to do; with a way to try again. */
export function Failed({ error, retry }: { error: ApiError; retry?: () => void }) {
  const words = useCommon();
  const t = useWords();
  return (
    <div className="m-state" role="alert">
      <b>{error.isOffline ? t.offline.title : words.error(error.code, error.params)}</b>
      {error.isOffline ? <p>{t.offline.hint}</p> : null}
      {retry ? <button type="button" className="m-button" onClick={retry}>{t.again}</button> : null}
    </div>
  );
}

/** The server cannot be reached: said once, above what is still shown. */
export function Away() {
  const t = useWords();
  const { again } = useMySession();
  return (
    <div className="m-away" role="status">
      <Icon name="offline" /><span>{t.offline.title}</span><button type="button" onClick={again}>{t.again}</button>
    </div>
  );
}

export function Problem({ children }: { children: ReactNode }) {
  return children ? <p className="m-problem" role="alert">{children}</p> : null;
}
