import type { ReactNode } from 'react';

export type Tone = 'admit' | 'correct' | 'recheck' | 'hold' | 'deny' | 'accent' | 'plain';

/** A state in a list: word and small shape, never colour alone. */
export function StateTag({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={tone === 'plain' ? 'tag tag-plain' : `tag tag-dot tag-${tone}`}>{children}</span>;
}

/** Two facts in one cell: the name above, the second below. */
export function TwoLines({ first, second }: { first: ReactNode; second?: ReactNode }) {
  return <span className="two"><span>{first}</span>{second ? <small>{second}</small> : null}</span>;
}
