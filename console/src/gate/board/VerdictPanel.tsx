// The one thing a guard reads from three metres: word, silhouette, what to do.
import type { CSSProperties } from 'react';
import { VerdictShape } from '../../shared/VerdictShape';
import { usePage } from '../context';
import { linesOf, unitsOf } from '../fit';
import { phraseFor } from '../phrases';
import type { Phrase } from '../phrases';
import { factsOf } from '../rows';
import type { Row } from '../rows';
import type { GateRules, VerdictOutcome } from '../wire';
import { Gauge } from './Gauge';

interface Props {
  row: Row | null;
  step: number;
  /** Since the verdict appeared. */
  ageS: number;
  rules: GateRules | null;
  offline: boolean;
  speaking: boolean;
}

/** Longer than this the verdict is nobody's any more: the next person must not walk in on it. */
const STANDS_S: Record<VerdictOutcome, number> = { admit: 45, correct: 90, recheck: 120, hold: 180, deny: 180 };
const OLD_S = 8;
/** Words up to this wide stand beside the silhouette, longer ones above it. */
const BESIDE_UNITS = 3.1;
/** Units a line holds before the next step breaks, and how large it may be on one, two or three lines. */
const BESIDE_PER_LINE = 12;
const BELOW_PER_LINE = 8.5;
const NEXT_SIZES = [72, 58, 46] as const;
const MASK_KNOCK: Record<VerdictOutcome, string> = {
  admit: 'var(--admit)', correct: 'var(--correct)', recheck: 'var(--recheck)', hold: 'var(--hold)', deny: 'var(--deny)',
};

export function VerdictPanel({ row, step, ageS, rules, offline, speaking }: Props) {
  const { t, lang } = usePage();
  if (!row || STANDS_S[row.outcome] < ageS) return <Idle offline={offline} />;
  const phrase = phraseFor(lang, factsOf(row), rules);
  const beside = unitsOf(phrase.word) <= BESIDE_UNITS;
  const gauge = row.temperature_c !== null && row.reasons.some((it) => it.startsWith('fever_') || it === 'clinical_cleared');
  return (
    <section className={`g-verdict g-${row.outcome}`} role="status" aria-live="assertive" aria-atomic="true" data-step={step % 2} data-outcome={row.outcome}>
      <div className="g-verdict-in" key={step}>
        <div className="g-who">
          <b>{row.masked_name ?? t.person.unknown}</b>
          <span>{[row.team, row.tail && t.person.tail(row.tail)].filter(Boolean).join(t.gap)}</span>
          <Voice speaking={speaking} ageS={ageS} />
        </div>
        {beside ? (
          <div className="g-headline">
            <VerdictShape outcome={row.outcome} className="g-shape" knock={MASK_KNOCK[row.outcome]} />
            <Word phrase={phrase} max={232} />
          </div>
        ) : (
          <Word phrase={phrase} max={192} />
        )}
        {beside && gauge && <Temperature row={row} rules={rules} />}
        {beside ? (
          <Steps phrase={phrase} withReason={!gauge} perLine={BESIDE_PER_LINE} />
        ) : (
          <div className="g-below">
            <VerdictShape outcome={row.outcome} className="g-shape" knock={MASK_KNOCK[row.outcome]} />
            <div className="g-below-text">
              {gauge && <Temperature row={row} rules={rules} />}
              <Steps phrase={phrase} withReason={!gauge} perLine={BELOW_PER_LINE} />
            </div>
          </div>
        )}
      </div>
    </section>
  );
}

function Word({ phrase, max }: { phrase: Phrase; max: number }) {
  return <div className="g-word" style={sized({ '--units': unitsOf(phrase.word), '--max': max })}>{phrase.word}</div>;
}

function Steps({ phrase, withReason, perLine }: { phrase: Phrase; withReason: boolean; perLine: number }) {
  const { t } = usePage();
  const lines = Math.min(NEXT_SIZES.length, linesOf(phrase.next, perLine));
  const max = NEXT_SIZES[lines - 1] ?? NEXT_SIZES[0];
  return (
    <div className="g-steps">
      {withReason && phrase.reason && <div className="g-reason">{phrase.reason}</div>}
      <div className="g-next" style={sized({ '--units': unitsOf(phrase.next), '--lines': lines, '--max': max })}>{phrase.next}</div>
      {phrase.hint && <div className="g-hint">{phrase.hint}</div>}
      {0 < phrase.others.length && <div className="g-hint">{t.board.also(phrase.others)}</div>}
    </div>
  );
}

function Temperature({ row, rules }: { row: Row; rules: GateRules | null }) {
  const { t } = usePage();
  if (row.temperature_c === null) return null;
  return (
    <div className="g-temperature">
      <div className="g-degrees"><em>{t.board.temperature}</em>{row.temperature_c.toFixed(1)}<small>℃</small></div>
      <Gauge celsius={row.temperature_c} rules={rules} />
    </div>
  );
}

function Voice({ speaking, ageS }: { speaking: boolean; ageS: number }) {
  const { t, settings } = usePage();
  // The announcer of a screen reader would repeat the whole verdict at every tick.
  if (OLD_S <= ageS) return <span className="g-voice" aria-hidden="true">{t.board.ago(ageS)}</span>;
  if (settings.muted) return <span className="g-voice" aria-hidden="true">{t.board.muted}</span>;
  if (!speaking) return null;
  return (
    <span className="g-voice" aria-hidden="true">
      <span className="g-wave"><i /><i /><i /><i /><i /></span>
      {t.board.speaking}
    </span>
  );
}

function Idle({ offline }: { offline: boolean }) {
  const { t } = usePage();
  const next = offline ? t.board.idleOffline : t.board.idleNext;
  return (
    <section className="g-verdict g-idle" role="status" aria-live="polite">
      <div className="g-verdict-in">
        <div className="g-word" style={sized({ '--units': unitsOf(t.board.idleWord), '--max': 132 })}>{t.board.idleWord}</div>
        <div className="g-next" style={sized({ '--units': unitsOf(next), '--lines': 1 })}>{next}</div>
      </div>
    </section>
  );
}

function sized(values: Record<`--${string}`, number>): CSSProperties {
  return values as CSSProperties;
}
