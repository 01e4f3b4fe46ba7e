import { Link } from 'react-router';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';

/** From the rulebook to who reviews for which of its departments, and back. */
export function ViewTabs({ here }: { here: 'book' | 'reviewers' }) {
  const t = useDesk();
  const can = useCan();
  const w = t.rulebook;
  if (!can('manage_reopening')) return null;
  const views = [{ key: 'book', to: paths.rulebooks() }, { key: 'reviewers', to: paths.reviewers() }] as const;
  return (
    <nav className="book-views" aria-label={w.viewsOf}>
      {views.map((it) => <Link key={it.key} to={it.to} aria-current={it.key === here ? 'page' : undefined}>{w.views[it.key]}</Link>)}
    </nav>
  );
}
