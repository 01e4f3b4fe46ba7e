// Makes the sound: with a voice of the browser, else with a WAV the server spoke. WAVs are kept, so that a tablet
// without a voice of its own still speaks when the network is gone.
import type { SpeechLang } from '../settings';
import { run } from '../storage/db';
import type { Speaker, Utterance } from './speech-queue';

/** No sentence of ours takes longer; an engine that forgets to report its end must not silence the gate. */
const LONGEST_MS = 15_000;
const WARM_PAUSE_MS = 250;

export type FetchSpeech = (lang: SpeechLang, text: string) => Promise<Blob>;

export function createSpeaker(fetchSpeech: FetchSpeech): Speaker & { warm: (texts: Omit<Utterance, 'plain'>[]) => Promise<void> } {
  async function say(utterance: Utterance, volume: number): Promise<boolean> {
    const voice = voiceFor(utterance.lang);
    if (voice && (await synthesize(utterance, voice, volume))) return true;
    const wav = (await waveOf(utterance.lang, utterance.text)) ?? (await storedWave(utterance.lang, utterance.plain));
    return wav !== null && play(wav, volume);
  }

  async function waveOf(lang: SpeechLang, text: string): Promise<Blob | null> {
    const stored = await storedWave(lang, text);
    if (stored) return stored;
    try {
      const wav = await fetchSpeech(lang, sayable(lang, text));
      // A sentence with a figure in it is about one person's reading: it is not kept.
      if (!/\d\.\d/.test(text)) await run('speech', 'readwrite', (store) => store.put(wav, keyOf(lang, text))).catch(() => undefined);
      return wav;
    } catch {
      return null;
    }
  }

  async function warm(texts: Omit<Utterance, 'plain'>[]): Promise<void> {
    for (const { lang, text } of texts) {
      if (voiceFor(lang)?.localService) continue;
      if (await storedWave(lang, text)) continue;
      if (!(await waveOf(lang, text))) return;
      await pause(WARM_PAUSE_MS);
    }
  }

  return { say, warm };
}

export function voiceFor(lang: SpeechLang): SpeechSynthesisVoice | null {
  if (typeof speechSynthesis === 'undefined') return null;
  const fits = speechSynthesis.getVoices().filter((it) => matches(it.lang, lang));
  return fits.find((it) => it.localService) ?? fits[0] ?? null;
}

function matches(voiceLang: string, lang: SpeechLang): boolean {
  const tag = voiceLang.replace('_', '-').toLowerCase();
  return lang === 'en' ? tag.startsWith('en') : tag.startsWith('zh-cn') || tag.startsWith('cmn') || tag === 'zh' || tag.startsWith('zh-hans');
}

function synthesize({ lang, text }: Utterance, voice: SpeechSynthesisVoice, volume: number): Promise<boolean> {
  return withLimit((done) => {
    const speech = new SpeechSynthesisUtterance(sayable(lang, text));
    speech.lang = voice.lang;
    speech.voice = voice;
    speech.volume = volume;
    speech.onend = () => done(true);
    speech.onerror = () => done(false);
    speechSynthesis.speak(speech);
    return () => speechSynthesis.cancel();
  });
}

function play(wav: Blob, volume: number): Promise<boolean> {
  const url = URL.createObjectURL(wav);
  return withLimit((done) => {
    const audio = new Audio(url);
    audio.volume = volume;
    audio.onended = () => done(true);
    audio.onerror = () => done(false);
    // Refused until somebody has touched the page; the page then asks for a tap.
    audio.play().catch(() => done(false));
    return () => audio.pause();
  }).finally(() => URL.revokeObjectURL(url));
}

function withLimit(start: (done: (sounded: boolean) => void) => () => void): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      stop();
      resolve(true);
    }, LONGEST_MS);
    const stop = start((sounded) => {
      clearTimeout(timer);
      resolve(sounded);
    });
  });
}

/** Engines stumble over the degree sign. */
export function sayable(lang: SpeechLang, text: string): string {
  return text.replaceAll(/\s*℃/g, lang === 'en' ? ' degrees' : '度');
}

async function storedWave(lang: SpeechLang, text: string): Promise<Blob | null> {
  return (await run('speech', 'readonly', (store) => store.get(keyOf(lang, text)) as IDBRequest<Blob | undefined>).catch(() => undefined)) ?? null;
}

const keyOf = (lang: SpeechLang, text: string): string => `${lang}|${text}`;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
