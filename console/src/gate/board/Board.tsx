import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { usePage, useNow } from '../context';
import { ClinicalDialog } from '../dialogs/ClinicalDialog';
import { EntryDialog } from '../dialogs/EntryDialog';
import { OverrideDialog } from '../dialogs/OverrideDialog';
import { QueueDialog } from '../dialogs/QueueDialog';
import { SettingsDialog } from '../dialogs/SettingsDialog';
import { ForeignDialog } from '../foreign/ForeignDialog';
import { isLocal } from '../rows';
import type { Row } from '../rows';
import type { Answer, GateRuntime } from '../runtime';
import { Message } from '../screens/Message';
import type { OnDuty } from '../session';
import { openAgainstVerdict, pendingCount } from '../state';
import { VisitDialog } from '../visits/VisitDialog';
import { useWakeLock } from '../wake-lock';
import { Banners } from './Banners';
import { KEY_OF, Keys } from './Keys';
import type { DialogName } from './Keys';
import { SidePanel } from './SidePanel';
import { TopBar } from './TopBar';
import { VerdictPanel } from './VerdictPanel';

interface Props {
  runtime: GateRuntime;
  duty: OnDuty;
  speaking: boolean;
  silent: boolean;
  onTestSound: () => void;
  onLock: () => void;
  onSignOut: () => void;
}
interface Open {
  name: DialogName;
  row: Row | null;
  typed: string;
}
const NEEDS: Partial<Record<DialogName, readonly string[]>> = {
  scan: ['record_screening'],
  manual: ['record_screening'],
  visits: ['record_screening'],
  clinical: ['record_screening', 'confirm_clinical'],
  override: ['override_verdict', 'supervise_override'],
};

export function Board({ runtime, duty, speaking, silent, onTestSound, onLock, onSignOut }: Props) {
  const { t, settings } = usePage();
  const state = useSyncExternalStore(runtime.subscribe, runtime.snapshot);
  const now = useNow();
  const [open, setOpen] = useState<Open | null>(null);
  const may = useMemo(() => (name: DialogName) => NEEDS[name]?.some((it) => duty.permissions.includes(it)) ?? true, [duty.permissions]);
  useEffect(() => runtime.useSettings(settings), [runtime, settings]);
  useWakeLock();
  useGateKeys(may, open !== null, (name, typed) => setOpen({ name, typed, row: null }), () => setOpen(null));

  const serverNow = now + state.clock_offset_ms;
  const close = () => setOpen(null);
  const clinical = (row: Row, celsius: number, note: string): Promise<Answer> => {
    // Nobody to ask: the reading becomes a new entry, and the tablet decides.
    if (state.net.kind === 'offline' || isLocal(row)) {
      return runtime.submit({ employee_no: row.pass ? null : row.employee_no, card_no: null, pass: row.pass, direction: 'in', lane: row.lane, temperature_c: celsius, mask: row.mask });
    }
    return runtime.clinical(row, { temperature_c: celsius, note });
  };
  if (state.refused) return <Message title={t.refused.title} lead={t.refused.lead}><a className="g-link" href="/">{t.noGate.toDesk}</a></Message>;
  return (
    <>
      <div className={0 < openAgainstVerdict(state).length ? 'g-board g-board-alarm' : 'g-board'} inert={open !== null}>
        <TopBar state={state} now={now} silent={silent} onTestSound={onTestSound} onMenu={() => setOpen({ name: 'settings', row: null, typed: '' })} onQueue={() => setOpen({ name: 'queue', row: null, typed: '' })} />
        <main className="g-stage">
          <Banners state={state} serverNow={serverNow} mayAcknowledge={duty.permissions.some((it) => it === 'handle_alarms' || it === 'record_screening')} onAcknowledge={(id) => runtime.acknowledge(id)} />
          <VerdictPanel row={state.current} step={state.step} ageS={Math.max(0, Math.floor((now - state.shown_at) / 1000))} rules={state.rules} offline={state.net.kind === 'offline'} speaking={speaking} />
        </main>
        <SidePanel state={state} serverNow={serverNow} onWaiting={(row) => may('clinical') && setOpen({ name: 'clinical', row, typed: '' })} />
        <Keys may={may} waiting={state.waiting.length} rules={state.rules} onOpen={(name) => setOpen({ name, row: null, typed: '' })} />
      </div>
      {(open?.name === 'scan' || open?.name === 'manual') && (
        <EntryDialog key={open.name} mode={open.name} typed={open.typed} state={state} find={(code) => runtime.findOnRoster(code)} onSubmit={(entry) => runtime.submit(entry)} onForeign={(typed) => setOpen({ name: 'foreign', row: null, typed })} onClose={close} />
      )}
      {open?.name === 'foreign' && (
        <ForeignDialog text={open.typed} ask={(text) => runtime.foreign(text)} say={(outcome) => runtime.sayForeign(outcome)} onNext={(typed) => setOpen({ name: 'scan', row: null, typed })} />
      )}
      {open?.name === 'visits' && <VisitDialog offline={state.net.kind === 'offline'} asks={runtime.visits} onPerson={(typed) => setOpen({ name: 'scan', row: null, typed })} onClose={close} />}
      {open?.name === 'clinical' && <ClinicalDialog state={state} first={open.row} onSubmit={clinical} onClose={close} />}
      {open?.name === 'override' && <OverrideDialog state={state} first={open.row} onSubmit={(row, body) => runtime.override(row, body)} onClose={close} />}
      {open?.name === 'queue' && <QueueDialog items={state.queue} onRetry={(item) => void runtime.retry(item)} onDiscard={(item) => void runtime.discard(item)} onClose={close} />}
      {open?.name === 'settings' && (
        <SettingsDialog guard={duty.guard} lanes={state.lanes} offline={state.net.kind === 'offline'} waiting={pendingCount(state)} onTest={onTestSound} onLock={onLock} onSignOut={onSignOut} onClose={close} />
      )}
    </>
  );
}

/** F-keys, Esc, and a scanner that starts typing while nothing is open. */
function useGateKeys(may: (name: DialogName) => boolean, isOpen: boolean, openDialog: (name: DialogName, typed: string) => void, close: () => void): void {
  const latest = useRef({ may, isOpen, openDialog, close });
  useEffect(() => {
    latest.current = { may, isOpen, openDialog, close };
  });
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const { may, isOpen, openDialog, close } = latest.current;
      const name = KEY_OF[event.key];
      if (name) {
        event.preventDefault();
        if (may(name)) openDialog(name, '');
        return;
      }
      if (event.key === 'Escape' && isOpen) close();
      const scanning = !isOpen && !event.ctrlKey && !event.altKey && !event.metaKey && /^[0-9A-Za-z]$/.test(event.key);
      if (scanning && may('scan')) {
        event.preventDefault();
        openDialog('scan', event.key);
      }
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
