import { clock, number } from '../../shared/format';
import { usePage } from '../context';
import { parkedItems, pendingCount, rosterEnds } from '../state';
import type { BoardState } from '../state';
import { Icon } from './Icon';

interface Props {
  state: BoardState;
  now: number;
  silent: boolean;
  onMenu: () => void;
  onQueue: () => void;
  onTestSound: () => void;
}

export function TopBar({ state, now, silent, onMenu, onQueue, onTestSound }: Props) {
  const { t, settings, change } = usePage();
  const { gate, direction, lane } = state;
  const sound = settings.muted ? t.top.sound : silent ? t.top.silent : t.top.mute;
  return (
    <header className="g-top">
      <h1>{[gate.site_name, gate.name].filter(Boolean).join(' · ') || t.title}</h1>
      <span className="g-lane">{[t.top.direction[direction], lane !== null && t.top.lane(lane)].filter(Boolean).join(' ')}</span>
      <Connection state={state} now={now} onQueue={onQueue} />
      <button
        type="button"
        className={silent && !settings.muted ? 'g-tool g-tool-warn' : 'g-tool'}
        aria-label={sound}
        aria-pressed={settings.muted}
        title={sound}
        onClick={() => (silent && !settings.muted ? onTestSound() : change({ muted: !settings.muted }))}
      >
        <Icon name={settings.muted || silent ? 'muted' : 'sound'} />
      </button>
      <button type="button" className="g-tool" aria-label={t.top.menu} title={t.top.menu} onClick={onMenu}>
        <Icon name="menu" />
      </button>
      <time className="g-clock">{clock(now + state.clock_offset_ms, true)}</time>
    </header>
  );
}

function Connection({ state, now, onQueue }: { state: BoardState; now: number; onQueue: () => void }) {
  const { t } = usePage();
  const offline = state.net.kind === 'offline';
  const waiting = pendingCount(state);
  const parked = parkedItems(state).length;
  const head = state.net.kind === 'offline' ? t.top.offline(Math.floor((now - state.net.since) / 60_000)) : t.top.online;
  const roster = useRosterFacts(state, now);
  const facts = [roster, 0 < waiting && t.top.waiting(waiting)].filter(Boolean).join(' · ');
  return (
    <div className="g-net-box">
      {0 < parked && (
        <button type="button" className="g-net g-net-parked" onClick={onQueue}>{t.top.parked(parked)}</button>
      )}
      <button type="button" className={offline ? 'g-net g-net-off' : 'g-net g-net-on'} onClick={onQueue} aria-label={`${head} ${facts}`}>
        <Icon name={offline ? 'offline' : 'online'} />
        <b>{head}</b>
        <span>{facts}</span>
      </button>
      <span className="sr-only" role="status">{head}</span>
    </div>
  );
}

function useRosterFacts({ roster, net, clock_offset_ms }: BoardState, now: number): string {
  const { t, lang } = usePage();
  if (!roster) return t.top.noRoster;
  if (net.kind === 'offline') return t.top.offlineDetail(clock(roster.made_at), clock(rosterEnds(roster)));
  const minutes = Math.max(0, Math.floor((now + clock_offset_ms - Date.parse(roster.made_at)) / 60_000));
  return t.top.roster(minutes, number(roster.count, lang));
}
