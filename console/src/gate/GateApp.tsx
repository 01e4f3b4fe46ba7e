import { useCallback, useEffect, useState } from 'react';
import { doorState, onSessionLost, type DoorState } from '../api';
import { apiBackend } from './backend';
import { Board } from './board/Board';
import { GatePageProvider, usePage } from './context';
import { GateRuntime } from './runtime';
import { DoorScreen } from './door/DoorScreen';
import { Enrol } from './screens/Enrol';
import { Message } from './screens/Message';
import { SignIn } from './screens/SignIn';
import { forgetDuty, lock, openingPhase, phaseOf, signedIn, signInPhase, signOut } from './session';
import type { OnDuty, Phase } from './session';
import { enrolledGate } from './storage/kept';
import { verdictLines } from './voice/lines';
import { createSpeaker } from './voice/speaker';
import { SpeechQueue } from './voice/speech-queue';
import type { Settings } from './settings';

export function GateApp() {
  return (
    <GatePageProvider>
      <Phases />
    </GatePageProvider>
  );
}

function Phases() {
  const { t } = usePage();
  const [phase, setPhase] = useState<Phase | AtDoor>({ kind: 'loading' });
  useEffect(() => {
    let gone = false;
    void doorState()
      .then<Phase | AtDoor>((door) => (door ? { kind: 'door', door } : openingPhase()))
      .then((it) => !gone && setPhase(it));
    return () => {
      gone = true;
    };
  }, []);

  switch (phase.kind) {
    case 'loading':
      return <Message title={t.loading} />;
    case 'enrol':
      return <Enrol onEnrolled={(gate) => setPhase(signInPhase(gate, null))} onAlready={() => setPhase(signInPhase(enrolledGate(), null))} />;
    case 'sign_in':
      return (
        <SignIn
          gate={phase.gate}
          login={phase.login}
          notice={phase.notice}
          onEnrol={() => setPhase({ kind: 'enrol' })}
          onSignedIn={(session) => {
            signedIn();
            setPhase(phaseOf(session));
          }}
        />
      );
    case 'no_gate':
      return <Message title={t.noGate.title} lead={t.noGate.lead}><a className="g-link" href="/">{t.noGate.toDesk}</a></Message>;
    case 'door':
      return <DoorScreen first={phase.door} />;
    case 'board':
      return <OnDutyBoard duty={phase.duty} onLeave={setPhase} />;
  }
}

/** Served by the box at the door itself: its screen. */
interface AtDoor {
  kind: 'door';
  door: DoorState;
}

interface Running {
  runtime: GateRuntime;
  voice: SpeechQueue;
}

function OnDutyBoard({ duty, onLeave }: { duty: OnDuty; onLeave: (phase: Phase) => void }) {
  const { settings } = usePage();
  const [running, setRunning] = useState<Running | null>(null);
  const [speaking, setSpeaking] = useState(false);
  const [silent, setSilent] = useState(false);
  const [firstSettings] = useState<Settings>(settings);

  useEffect(() => {
    const speaker = createSpeaker(apiBackend.speech);
    const voice = new SpeechQueue(speaker, { onSaying: (it) => setSpeaking(it !== null), onSilent: setSilent });
    const ended = () => {
      void forgetDuty();
      onLeave(signInPhase(enrolledGate(), 'ended', duty.login));
    };
    const runtime = new GateRuntime({
      gate: duty.gate,
      guard: duty.guard,
      resumed: duty.resumed,
      backend: apiBackend,
      voice,
      settings: firstSettings,
      now: Date.now,
      warm: speaker.warm,
      onSignedOut: ended,
    });
    const forget = onSessionLost(ended);
    setRunning({ runtime, voice });
    void runtime.start();
    return () => {
      forget();
      runtime.stop();
    };
  }, [duty, firstSettings, onLeave]);

  const testSound = useCallback(() => {
    running?.voice.verdict(
      verdictLines(settings.voices, { outcome: 'admit', reasons: [], direction: 'in', temperature_c: null, byHand: false, overridden: null }, null),
    );
  }, [running, settings.voices]);

  if (!running) return null;
  return (
    <Board
      runtime={running.runtime}
      duty={duty}
      speaking={speaking}
      silent={silent}
      onTestSound={testSound}
      onLock={() => void lock().then(() => onLeave(signInPhase(enrolledGate() ?? duty.gate, null, duty.login)))}
      onSignOut={() => void signOut().then(() => onLeave(signInPhase(enrolledGate(), null)))}
    />
  );
}
