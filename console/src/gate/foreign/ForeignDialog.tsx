// A certificate that somebody else issued, as the server sees it. It is shown and not kept, and it opens nothing.
import { useEffect, useRef, useState } from 'react';
import { VerdictShape } from '../../shared/VerdictShape';
import { clock, day } from '../../shared/format';
import { usePage } from '../context';
import { Dialog } from '../dialogs/Dialog';
import type { ForeignOutcome, ForeignView, VerdictOutcome } from '../wire';
import { phraseOf } from './words';
import type { ForeignAnswer } from './words';
import './foreign.css';

interface Props {
  text: string;
  ask: (text: string) => Promise<ForeignAnswer>;
  say: (outcome: ForeignOutcome) => void;
  /** Back to the scan field, with what a scanner has begun to type. */
  onNext: (typed: string) => void;
}
const SHAPES: Record<ForeignOutcome, VerdictOutcome> = { valid: 'admit', invalid: 'deny', cannot_tell: 'hold' };
/** As long as the longest verdict stands: a name must not stay before whoever comes later. */
const STANDS_MS = 180_000;

export function ForeignDialog({ text, ask, say, onNext }: Props) {
  const { t } = usePage();
  const [answer, setAnswer] = useState<ForeignAnswer | null>(null);
  const latest = useRef({ ask, say, onNext });
  useEffect(() => {
    latest.current = { ask, say, onNext };
  });
  useEffect(() => {
    let gone = false;
    void latest.current.ask(text).then((it) => {
      if (gone) return;
      setAnswer(it);
      latest.current.say(it.kind === 'told' ? it.view.outcome : 'cannot_tell');
    });
    const timer = setTimeout(() => latest.current.onNext(''), STANDS_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [text]);
  useNextScan((typed) => latest.current.onNext(typed));
  const close = () => onNext('');
  return (
    <Dialog title={t.foreign.title} onClose={close}>
      {/* Not a key: the Enter at the end of a scan would press it. */}
      <div className="g-foreign" tabIndex={-1} data-autofocus role="status" aria-live="assertive" aria-atomic="true">
        {answer ? <Told answer={answer} /> : <p className="g-foreign-asking">{t.foreign.asking}</p>}
        <p className="g-note g-foreign-note">{t.foreign.opensNothing}</p>
      </div>
      <div className="g-foreign-foot">
        <button type="button" className="g-key g-key-go g-submit" onClick={close}><b>{t.foreign.done}</b><kbd>Esc</kbd></button>
      </div>
    </Dialog>
  );
}

function Told({ answer }: { answer: ForeignAnswer }) {
  const { t } = usePage();
  const { outcome, word, why, next } = phraseOf(t.foreign, answer, t.error);
  return (
    <>
      <div className={`g-foreign-band g-foreign-${outcome}`} data-outcome={outcome}>
        <VerdictShape outcome={SHAPES[outcome]} size={88} knock={`var(--${SHAPES[outcome]})`} />
        <div><b>{word}</b>{why && <span>{why}</span>}</div>
      </div>
      <p className="g-foreign-next">{next}</p>
      {answer.kind === 'told' && outcome === 'valid' && <Facts view={answer.view} />}
    </>
  );
}

function Facts({ view }: { view: ForeignView }) {
  const { t, lang } = usePage();
  const { facts, unsaid } = t.foreign;
  const what = [view.kind && t.foreign.kind[view.kind], view.format && t.foreign.format[view.format]].filter(Boolean).join(t.gap);
  const rows: [string, string, boolean][] = [
    [facts.name, view.holder_name ?? unsaid, true], [facts.birth, view.birth_date || unsaid, true],
    [facts.kind, what || unsaid, false], [facts.issuer, view.issuer ?? unsaid, false], [facts.until, view.expires_at ? `${day(view.expires_at, lang)} ${clock(view.expires_at)}` : unsaid, false],
  ];
  return (
    <dl className="g-foreign-facts">
      {rows.map(([label, value, compare]) => <div key={label} className={compare ? 'g-foreign-compare' : undefined}><dt>{label}</dt><dd>{value}</dd></div>)}
    </dl>
  );
}

/** A scanner goes on with the next code, whatever is open. */
function useNextScan(onNext: (typed: string) => void): void {
  const latest = useRef(onNext);
  useEffect(() => {
    latest.current = onNext;
  });
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.ctrlKey || event.altKey || event.metaKey || !/^[0-9A-Za-z]$/.test(event.key)) return;
      event.preventDefault();
      latest.current(event.key);
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
