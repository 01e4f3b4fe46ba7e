import type { ReactNode } from 'react';
import './state-tag.css';

export type Tone = 'waits' | 'good' | 'bad' | 'plain';

/** Where something stands, in colours that can be read on white. */
export function StateTag({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={`state-tag is-${tone}`}>{children}</span>;
}
