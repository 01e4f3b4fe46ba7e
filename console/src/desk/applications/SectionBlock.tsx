import type { ReactNode } from 'react';
import type { SectionState } from './model';

/** A section of the form with its questions. */
export function SectionBlock({ section, hidden = false, children }: { section: SectionState; hidden?: boolean; children: ReactNode }) {
  return (
    <section className="block form-section" hidden={hidden} aria-label={section.title}>
      <h2>{section.title}</h2>
      {section.lead ? <p className="form-lead">{section.lead}</p> : null}
      {children}
    </section>
  );
}
