import { useState } from 'react';
import { VerdictShape } from '../../shared/VerdictShape';
import { clock } from '../../shared/format';
import { usePage } from '../context';
import { WORDS } from '../phrases';
import { openAgainstVerdict, rosterEnds, silentDevices } from '../state';
import type { BoardState } from '../state';
import type { Answer } from '../runtime';

interface Props {
  state: BoardState;
  serverNow: number;
  mayAcknowledge: boolean;
  onAcknowledge: (alarmId: string) => Promise<Answer>;
}

/** What comes before any verdict. The first in line is the person who is inside and should not be. */
export function Banners({ state, serverNow, mayAcknowledge, onAcknowledge }: Props) {
  return (
    <div className="g-banners">
      <AgainstVerdict state={state} mayAcknowledge={mayAcknowledge} onAcknowledge={onAcknowledge} />
      <RosterTooOld state={state} serverNow={serverNow} />
      <SilentDevices state={state} />
    </div>
  );
}

function AgainstVerdict({ state, mayAcknowledge, onAcknowledge }: Omit<Props, 'serverNow'>) {
  const { t, lang } = usePage();
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const open = openAgainstVerdict(state);
  // The oldest first: each person is looked for in turn.
  const first = open.at(-1);
  if (!first) return null;
  const { alarm, row } = first;
  const words = WORDS[lang].againstVerdict;
  async function acknowledge(): Promise<void> {
    setBusy(true);
    const answer = await onAcknowledge(alarm.id);
    setBusy(false);
    setRefused(answer.ok ? null : answer.code);
  }
  const facts = [
    row?.masked_name ?? t.person.unknown,
    row?.team,
    row?.tail && t.person.tail(row.tail),
    t.alarm.at(clock(alarm.last_raised_at)),
    1 < open.length && t.alarm.more(open.length - 1),
  ];
  return (
    <section className="g-against" role="alert">
      <VerdictShape outcome="deny" size={64} knock="var(--deny)" />
      <div>
        <b>{WORDS[lang].pair(words.what, words.next)}</b>
        <span>{facts.filter(Boolean).join(t.gap)}</span>
        {refused && <span className="g-against-error">{t.error(refused)}</span>}
      </div>
      {mayAcknowledge && <button type="button" disabled={busy} onClick={() => void acknowledge()}>{t.alarm.acknowledge}</button>}
    </section>
  );
}

function RosterTooOld({ state, serverNow }: { state: BoardState; serverNow: number }) {
  const { t } = usePage();
  const { roster } = state;
  if (!roster || serverNow <= rosterEnds(roster)) return null;
  return (
    <section className="g-notice" role="alert">
      <b>{t.board.rosterTooOld(Math.max(1, Math.floor(roster.max_age_s / 3600)))}</b>
      <span>{t.board.byHandOnly}</span>
    </section>
  );
}

function SilentDevices({ state }: { state: BoardState }) {
  const { t } = usePage();
  const n = silentDevices(state);
  if (n === 0 || state.net.kind === 'offline') return null;
  return <section className="g-notice" role="status"><b>{t.board.silentDevices(n)}</b></section>;
}
