// The box at the door, as its screen follows it: state every few seconds, passages as they happen, each one said once.
import { useCallback, useEffect, useRef, useState } from 'react';
import { doorState, listenAtDoor, shownAtDoor, speechAtDoor, type DoorState, type Told } from '../../api';
import { usePage } from '../context';
import { factsOf } from '../rows';
import { verdictLines } from '../voice/lines';
import { createSpeaker } from '../voice/speaker';
import { SpeechQueue } from '../voice/speech-queue';
import { rowOfTold } from './row';
import { Wedge } from './wedge';

const STATE_MS = 3000;
const LATEST = 10;

export interface Door {
  state: DoorState;
  rows: Told[];
  /** The passage shown big, and when it appeared on this screen's clock. */
  current: Told | null;
  shownAt: number;
  step: number;
  /** The box itself does not answer. */
  away: boolean;
  speaking: boolean;
  silent: boolean;
  test: () => void;
}

export function useDoor(first: DoorState): Door {
  const { settings } = usePage();
  const [state, setState] = useState(first);
  const [rows, setRows] = useState(first.latest);
  const [current, setCurrent] = useState<{ told: Told; at: number; step: number } | null>(null);
  const [away, setAway] = useState(false);
  const [speaking, setSpeaking] = useState(false);
  const [silent, setSilent] = useState(false);
  const voice = useRef<SpeechQueue | null>(null);
  const voices = useRef(settings.voices);
  useEffect(() => {
    voices.current = settings.voices;
    voice.current?.tune(settings.muted, settings.volume);
  }, [settings]);

  const refresh = useCallback(async () => {
    const fresh = await doorState();
    setAway(fresh === null);
    if (!fresh) return;
    setState(fresh);
    setRows(fresh.latest);
  }, []);

  useEffect(() => {
    voice.current = new SpeechQueue(createSpeaker(speechAtDoor), { onSaying: (it) => setSpeaking(it !== null), onSilent: setSilent });
    voice.current.tune(settings.muted, settings.volume);
    const stop = listenAtDoor((told) => {
      setRows((before) => [told, ...before.filter((it) => it.no !== told.no)].slice(0, LATEST));
      setCurrent((before) => ({ told, at: Date.now(), step: (before?.step ?? 0) + 1 }));
      voice.current?.verdict(verdictLines(voices.current, factsOf(rowOfTold(told)), null));
    }, () => void refresh());
    const timer = setInterval(() => void refresh(), STATE_MS);
    return () => {
      stop();
      clearInterval(timer);
    };
    // Once: what is said follows the settings through `voices` and `tune`.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [refresh]);
  useWedge();

  const test = useCallback(() => {
    voice.current?.verdict(verdictLines(voices.current, { outcome: 'admit', reasons: [], direction: 'in', temperature_c: null, byHand: false, overridden: null }, null));
  }, []);
  return { state, rows, current: current?.told ?? null, shownAt: current?.at ?? 0, step: current?.step ?? 0, away, speaking, silent, test };
}

function useWedge(): void {
  useEffect(() => {
    const wedge = new Wedge();
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const line = wedge.key(event.key, event.timeStamp);
      if (line !== null) void shownAtDoor(line);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
