// Sends the queue when the line allows, and says what came of it. What an answer means for an entry is decided here.
import { codeOf, statusOf } from './backend';
import type { GateBackend } from './backend';
import { enqueue, flushQueue, forget, listQueue, retryParked } from './storage/queue';
import type { NewQueueItem, QueueItem, SendResult } from './storage/queue';
import type { ScreeningView } from './wire';

const SEND_WAIT_MS = 16_000;
const BACK_OFF_S = 5;
const FORBIDDEN_RETRY_S = 60;

export interface OutboxParts {
  backend: GateBackend;
  now: () => number;
  onStored: (clientKey: string, view: ScreeningView | null) => void;
  onChange: (items: QueueItem[]) => void;
  /** The server was asked and did not answer, or says the session is over. */
  onFailed: (error: unknown) => void;
}

export class Outbox {
  private sendAfter = 0;

  constructor(private readonly parts: OutboxParts) {}

  async add(item: NewQueueItem): Promise<void> {
    await enqueue(item);
    await this.refresh();
  }

  async retry(item: QueueItem): Promise<void> {
    await retryParked(item);
    this.sendAfter = 0;
    await this.flush();
  }

  async discard(item: QueueItem): Promise<void> {
    await forget(item.seq);
    await this.refresh();
  }

  async refresh(): Promise<void> {
    this.parts.onChange(await listQueue().catch(() => []));
  }

  async flush(): Promise<void> {
    if (this.parts.now() < this.sendAfter) return;
    const report = await flushQueue((item) => this.send(item), {
      onStored: (item, view) => {
        this.parts.onStored(item.client_key, view);
        void this.refresh();
      },
      onParked: () => void this.refresh(),
    }).catch(() => null);
    this.sendAfter = this.parts.now() + (report?.retryAfterS ?? 0) * 1000;
    await this.refresh();
  }

  private async send(item: QueueItem): Promise<SendResult> {
    try {
      return { kind: 'stored', view: await this.parts.backend.screen(item.gate_id, item.entry, SEND_WAIT_MS) };
    } catch (error) {
      const status = statusOf(error);
      if (status === 403) return { kind: 'not_now', retryAfterS: FORBIDDEN_RETRY_S };
      if (status === 429) return { kind: 'not_now', retryAfterS: BACK_OFF_S };
      if (400 <= status && status < 500 && status !== 401) return { kind: 'refused', code: codeOf(error) };
      this.parts.onFailed(error);
      return status === 401 ? { kind: 'signed_out' } : { kind: 'not_now', retryAfterS: null };
    }
  }
}
