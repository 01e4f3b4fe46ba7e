import type { ReactNode } from 'react';
import { Link, NavLink } from 'react-router';
import { Icon } from './Icon';
import { Away } from './states';
import { useWords } from '../words';
import { useMySession } from '../session';

/** A screen of the bottom tabs. */
export function TabScreen({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  const { state } = useMySession();
  return (
    <div className="m-screen m-with-tabs">
      <header className="m-head"><h1>{title}</h1>{lead ? <p>{lead}</p> : null}</header>
      <main className="m-main">{state === 'away' ? <Away /> : null}{children}</main>
      <Tabs />
    </div>
  );
}

/** A screen that was opened from another one. */
export function SubScreen({ title, back = '/mine', children, foot }: { title: string; back?: string; children: ReactNode; foot?: ReactNode }) {
  const t = useWords();
  const { state } = useMySession();
  return (
    <div className={foot ? 'm-screen m-with-foot' : 'm-screen'}>
      <header className="m-bar"><Link to={back} className="m-back" aria-label={t.back}><Icon name="back" /></Link><h1>{title}</h1></header>
      <main className="m-main">{state === 'away' ? <Away /> : null}{children}</main>
      {foot ? <footer className="m-foot">{foot}</footer> : null}
    </div>
  );
}

function Tabs() {
  const t = useWords();
  return (
    <nav className="m-tabs" aria-label={t.tabs}>
      <NavLink to="/" end><Icon name="today" />{t.today.tab}</NavLink>
      <NavLink to="/mine"><Icon name="mine" />{t.mine.tab}</NavLink>
    </nav>
  );
}
