import { beforeEach, describe, expect, it } from 'vitest';
import { SpeechQueue } from './speech-queue';
import type { Speaker, Utterance } from './speech-queue';

const line = (text: string, lang: Utterance['lang'] = 'zh-CN'): Utterance => ({ lang, text, plain: text });
const events = { onSaying: () => undefined, onSilent: () => undefined };

/** A speaker that talks until the test lets it finish. */
function slowSpeaker(): { speaker: Speaker; said: string[]; finish: (sounded?: boolean) => Promise<void> } {
  const said: string[] = [];
  let end: ((sounded: boolean) => void) | null = null;
  return {
    said,
    speaker: {
      say: (it) => {
        said.push(it.text);
        return new Promise((resolve) => {
          end = resolve;
        });
      },
    },
    finish: async (sounded = true) => {
      end?.(sounded);
      await new Promise((resolve) => setTimeout(resolve, 0));
    },
  };
}

beforeEach(() => {
  window.__fugongSpoken = [];
});

describe('the voice at the gate', () => {
  it('finishes what it says, then says the newest verdict only', async () => {
    const { speaker, said, finish } = slowSpeaker();
    const queue = new SpeechQueue(speaker, events);
    queue.verdict([line('one')]);
    queue.verdict([line('two')]);
    queue.verdict([line('three')]);
    await finish();
    await finish();
    expect(said).toEqual(['one', 'three']);
  });

  it('says both languages, unless somebody new stands there', async () => {
    const { speaker, said, finish } = slowSpeaker();
    const queue = new SpeechQueue(speaker, events);
    queue.verdict([line('放行。请进'), line('Go in', 'en')]);
    await finish();
    queue.verdict([line('待核'), line('Hold', 'en')]);
    await finish();
    await finish();
    await finish();
    expect(said).toEqual(['放行。请进', 'Go in', '待核', 'Hold']);
    queue.verdict([line('一'), line('one', 'en')]);
    queue.verdict([line('二'), line('two', 'en')]);
    await finish();
    await finish();
    await finish();
    expect(said.slice(4)).toEqual(['一', '二', 'two']);
  });

  it('never drops an alarm for a verdict, and says it first', async () => {
    const { speaker, said, finish } = slowSpeaker();
    const queue = new SpeechQueue(speaker, events);
    queue.verdict([line('one')]);
    queue.verdict([line('two')]);
    queue.alarm([line('alarm')]);
    queue.verdict([line('three')]);
    await finish();
    await finish();
    await finish();
    expect(said).toEqual(['one', 'alarm', 'three']);
  });

  it('tells the page what is spoken', async () => {
    const heard: unknown[] = [];
    window.addEventListener('fugong:spoken', (event) => heard.push((event as CustomEvent<unknown>).detail));
    new SpeechQueue({ say: async () => true }, events).verdict([line('Go in', 'en')]);
    await Promise.resolve();
    expect(heard).toEqual([{ lang: 'en', text: 'Go in' }]);
    expect(window.__fugongSpoken).toEqual([{ lang: 'en', text: 'Go in' }]);
  });

  it('says nothing while muted', async () => {
    const { speaker, said } = slowSpeaker();
    const queue = new SpeechQueue(speaker, events);
    queue.tune(true, 1);
    queue.verdict([line('one')]);
    expect(said).toEqual([]);
    expect(window.__fugongSpoken).toEqual([]);
  });

  it('reports when no sound could be made, and goes on', async () => {
    const silent: boolean[] = [];
    const queue = new SpeechQueue({ say: async () => Promise.reject(new Error('no sound card')) }, { ...events, onSilent: (it) => silent.push(it) });
    queue.verdict([line('one'), line('two')]);
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(silent).toEqual([true, true]);
  });
});
