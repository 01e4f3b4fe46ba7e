import type { ReactNode } from 'react';

/** A page that has only something to say. */
export function Message({ title, lead, children }: { title: string; lead?: string; children?: ReactNode }) {
  return (
    <main className="g-door">
      <div className="g-door-card">
        <h1>{title}</h1>
        {lead && <p>{lead}</p>}
        {children}
      </div>
    </main>
  );
}
