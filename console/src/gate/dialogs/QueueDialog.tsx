import { useState } from 'react';
import { clock } from '../../shared/format';
import { usePage } from '../context';
import type { QueueItem } from '../storage/queue';
import { Dialog } from './Dialog';

interface Props {
  items: QueueItem[];
  onRetry: (item: QueueItem) => void;
  onDiscard: (item: QueueItem) => void;
  onClose: () => void;
}

/** What is not with the server yet, and what it would not take. */
export function QueueDialog({ items, onRetry, onDiscard, onClose }: Props) {
  const { t } = usePage();
  // Refused ones first: they need a person, the others only need the network.
  const sorted = [...items].sort((a, b) => Number(a.state === 'waiting') - Number(b.state === 'waiting') || a.seq - b.seq);
  return (
    <Dialog title={t.queue.title} onClose={onClose}>
      <p className="g-note">{items.length === 0 ? t.queue.empty : t.queue.lead}</p>
      <ul className="g-queue">
        {sorted.map((item) => <Line key={item.seq} item={item} onRetry={onRetry} onDiscard={onDiscard} />)}
      </ul>
    </Dialog>
  );
}

function Line({ item, onRetry, onDiscard }: Omit<Props, 'items' | 'onClose'> & { item: QueueItem }) {
  const { t } = usePage();
  const [sure, setSure] = useState(false);
  const { entry } = item;
  const parked = item.state === 'parked';
  return (
    <li className={parked ? 'g-queue-parked' : undefined}>
      <div>
        <b>{item.masked_name ?? entry.employee_no ?? entry.card_no ?? (entry.pass ? t.entry.pass : '—')}</b>
        <span>{clock(entry.occurred_at)}{t.gap}{entry.temperature_c === null ? '' : `${entry.temperature_c.toFixed(1)} ℃`}</span>
        <span>{parked ? `${t.queue.refused}: ${t.error(item.refused_with ?? 'internal')}` : t.queue.waiting}</span>
      </div>
      {parked && <button type="button" className="g-small" onClick={() => onRetry(item)}>{t.queue.retry}</button>}
      {parked && (
        <button type="button" className={sure ? 'g-small g-small-deny' : 'g-small'} onClick={() => (sure ? onDiscard(item) : setSure(true))}>
          {sure ? t.queue.discardSure : t.queue.discard}
        </button>
      )}
    </li>
  );
}
