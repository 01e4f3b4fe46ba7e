// What is said, and in which order. At three people a minute or thirty, the voice must be about the person who
// stands there now: a newer verdict takes the place of what has not been said yet. What is being said is finished.
import type { SpeechLang } from '../settings';

export interface Utterance {
  lang: SpeechLang;
  text: string;
  /** The same without figures, which a tablet without network is likely to have in store. */
  plain: string;
}
export interface Speaker {
  /** Resolves when it has been said; false when no sound could be made. */
  say(utterance: Utterance, volume: number): Promise<boolean>;
}
export interface SpeechEvents {
  onSaying: (utterance: Utterance | null) => void;
  onSilent: (silent: boolean) => void;
}

interface Pending {
  utterance: Utterance;
  urgent: boolean;
}

declare global {
  interface Window {
    __fugongSpoken?: { lang: SpeechLang; text: string }[];
  }
}

export class SpeechQueue {
  private pending: Pending[] = [];
  private saying = false;
  private muted = false;
  private volume = 1;

  constructor(
    private readonly speaker: Speaker,
    private readonly events: SpeechEvents,
  ) {}

  /** A verdict: drops what is unsaid of earlier ones. */
  verdict(utterances: Utterance[]): void {
    this.pending = [...this.pending.filter((it) => it.urgent), ...utterances.map((utterance) => ({ utterance, urgent: false }))];
    void this.drain();
  }

  /** An alarm: said before any verdict that waits, and never dropped for one. */
  alarm(utterances: Utterance[]): void {
    const urgent = utterances.map((utterance) => ({ utterance, urgent: true }));
    this.pending = [...this.pending.filter((it) => it.urgent), ...urgent, ...this.pending.filter((it) => !it.urgent)];
    void this.drain();
  }

  tune(muted: boolean, volume: number): void {
    this.muted = muted;
    this.volume = volume;
    if (muted) this.pending = [];
  }

  private async drain(): Promise<void> {
    if (this.saying) return;
    this.saying = true;
    try {
      for (let next = this.pending.shift(); next; next = this.pending.shift()) {
        if (this.muted) continue;
        announce(next.utterance);
        this.events.onSaying(next.utterance);
        const sounded = await this.speaker.say(next.utterance, this.volume).catch(() => false);
        this.events.onSilent(!sounded);
      }
    } finally {
      this.saying = false;
      this.events.onSaying(null);
    }
  }
}

/** Tests on a machine without loudspeakers, and a loudspeaker driver of the site, listen here. */
function announce({ lang, text }: Utterance): void {
  const spoken = { lang, text };
  (window.__fugongSpoken ??= []).push(spoken);
  if (500 < window.__fugongSpoken.length) window.__fugongSpoken.shift();
  window.dispatchEvent(new CustomEvent('fugong:spoken', { detail: spoken }));
}
