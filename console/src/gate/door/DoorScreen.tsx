// The screen of the box at the door: nobody signs in, nobody is asked. What a guard does stays on her tablet.
import { useState } from 'react';
import type { DoorState } from '../../api';
import { clock, number } from '../../shared/format';
import { Icon } from '../board/Icon';
import { LastTen } from '../board/SidePanel';
import { VerdictPanel } from '../board/VerdictPanel';
import { useNow, usePage } from '../context';
import { Message } from '../screens/Message';
import { useWakeLock } from '../wake-lock';
import { PairingDialog } from './PairingDialog';
import { rowOfTold } from './row';
import { useDoor } from './useDoor';
import type { Door } from './useDoor';
import './door.css';

export function DoorScreen({ first }: { first: DoorState }) {
  const { t } = usePage();
  const door = useDoor(first);
  const [pairing, setPairing] = useState(false);
  const now = useNow();
  useWakeLock();
  if (door.state.revoked) return <Message title={t.door.revoked} lead={t.door.revokedLead} />;
  const rows = door.rows.map(rowOfTold);
  const row = door.current ? rowOfTold(door.current) : null;
  const offline = door.away || !door.state.linked;
  return (
    <div className="g-board g-alone">
      <Top door={door} now={now} offline={offline} onPairing={() => setPairing(true)} />
      <main className="g-stage">
        <Troubles door={door} />
        <VerdictPanel row={row} step={door.step} ageS={Math.max(0, Math.floor((now - door.shownAt) / 1000))} rules={null} offline={offline} speaking={door.speaking} />
      </main>
      <aside className="g-side"><LastTen rows={rows} currentKey={row?.key ?? null} /></aside>
      {pairing && door.state.pairing ? <PairingDialog onClose={() => setPairing(false)} /> : null}
    </div>
  );
}

function Top({ door, now, offline, onPairing }: { door: Door; now: number; offline: boolean; onPairing: () => void }) {
  const { t, lang, settings, change } = usePage();
  const { state } = door;
  const minutes = state.whole_at ? Math.max(0, Math.floor((Date.parse(state.now) - Date.parse(state.whole_at)) / 60_000)) : null;
  const roster = minutes === null ? t.top.noRoster : t.top.roster(minutes, number(state.people, lang));
  const facts = [roster, 0 < state.faces && t.door.faces(number(state.faces, lang)), 0 < state.waiting && t.top.waiting(state.waiting)].filter(Boolean).join(' · ');
  const sound = settings.muted ? t.top.sound : door.silent ? t.top.silent : t.top.mute;
  return (
    <header className="g-top">
      <h1>{[state.site_name, state.gate_name].filter(Boolean).join(' · ') || t.title}</h1>
      <div className="g-net-box">
        <span className={offline ? 'g-net g-net-off' : 'g-net g-net-on'}>
          <Icon name={offline ? 'offline' : 'online'} />
          <b>{offline ? t.door.alone : t.top.online}</b>
          <span>{facts}</span>
        </span>
        <span className="sr-only" role="status">{offline ? t.door.alone : t.top.online}</span>
      </div>
      <button
        type="button" className={door.silent && !settings.muted ? 'g-tool g-tool-warn' : 'g-tool'} aria-label={sound} aria-pressed={settings.muted} title={sound}
        onClick={() => (door.silent && !settings.muted ? door.test() : change({ muted: !settings.muted }))}
      >
        <Icon name={settings.muted || door.silent ? 'muted' : 'sound'} />
      </button>
      {state.pairing ? <button type="button" className="g-tool g-alone-lang" onClick={onPairing}>{t.door.pairing.open}</button> : null}
      <button type="button" className="g-tool g-alone-lang" onClick={() => change(lang === 'zh' ? { lang: 'en', voices: ['en'] } : { lang: 'zh', voices: ['zh-CN'] })}>{t.door.otherLanguage}</button>
      <time className="g-clock">{clock(now, true)}</time>
    </header>
  );
}

const LITTLE_MIB = 200;

function Troubles({ door }: { door: Door }) {
  const { t } = usePage();
  const { state } = door;
  const troubles = [
    door.away && t.door.away,
    !door.away && state.whole_at === null && t.door.empty,
    state.cameras_live < state.cameras && t.door.camera,
    state.door_fault && t.door.fault,
    0 < state.disk_free_mib && state.disk_free_mib < LITTLE_MIB && t.door.disk(state.disk_free_mib),
  ].filter((it) => it !== false);
  if (troubles.length === 0) return null;
  return <div className="g-alone-troubles" role="alert">{troubles.map((it) => <p key={it}>{it}</p>)}</div>;
}
