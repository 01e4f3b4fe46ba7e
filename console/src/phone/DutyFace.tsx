import { useEffect, useState, type ComponentType } from 'react';
import { Empty, Waiting } from './parts/states';
import { useWords } from './words';

/** The officer's pages, loaded when they are opened: a worker's phone is not kept waiting for them. */
export function DutyFace() {
  const t = useWords();
  const [Face, setFace] = useState<ComponentType | null>(null);
  const [failed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    import('./duty/DutyApp').then((it) => setFace(() => it.default), () => setFailed(true));
  }, [tries]);
  if (Face) return <Face />;
  if (!failed) return <Waiting />;
  return (
    <main className="m-screen m-door">
      <Empty title={t.offline.title} hint={t.offline.hint} />
      <button type="button" className="m-button" onClick={() => { setFailed(false); setTries((it) => it + 1); }}>{t.again}</button>
    </main>
  );
}
