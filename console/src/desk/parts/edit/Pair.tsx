import type { ReactNode } from 'react';
import { useDesk } from '../../strings';

/** What something said before, and what it says now. */
export function Pair({ name, was, is }: { name: string; was: ReactNode; is: ReactNode }) {
  const t = useDesk();
  return (
    <dl className="compare-pair">
      <dt>{name}</dt>
      <dd><del><span className="sr-only">{t.forms.was}</span>{was}</del></dd>
      <dd><ins><span className="sr-only">{t.forms.is}</span>{is}</ins></dd>
    </dl>
  );
}
