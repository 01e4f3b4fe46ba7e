import { NavLink } from 'react-router';
import { useLang, useCommon } from '../../i18n/LangProvider';
import { clock, number } from '../../shared/format';
import { useCount } from '../data';
import { useNow } from '../parts/useNow';
import { useCan, useSession } from '../session/session';
import { useDesk } from '../strings';
import { useLiveState } from './LiveFeed';
import { visibleMenu } from './menu';

export function SideMenu() {
  const t = useDesk();
  const words = useCommon();
  const can = useCan();
  const session = useSession();
  return (
    <nav className="side" aria-label={t.frame.mainMenu}>
      <div className="side-role">
        {words.role[session.account.role]}
        <small>{session.scope_label}</small>
      </div>
      <div className="side-groups">
        {visibleMenu(can).map((group) => (
          <div key={group.key}>
            {group.key === 'main' ? null : <p className="side-title">{t.menuGroup[group.key]}</p>}
            <ul>
              {group.entries.map((entry) => (
                <li key={entry.key}>
                  <NavLink to={entry.path} end={entry.key === 'overview'} className={({ isActive }) => (isActive ? 'side-link on' : 'side-link')}>
                    {entry.icon}
                    {t.menu[entry.key]}
                    {entry.key === 'alarms' ? <OpenAlarms /> : null}
                  </NavLink>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
      {can('read_alarms') || can('read_screenings') ? <LiveNote /> : null}
    </nav>
  );
}

function OpenAlarms() {
  const { lang } = useLang();
  const count = useCount('/alarms', { state: 'open' });
  return count ? <em className="side-count red">{number(count, lang)}</em> : null;
}

/** Whether what is on the page is still being kept up to date. */
function LiveNote() {
  const t = useDesk();
  const state = useLiveState();
  const now = useNow();
  if (state.kind === 'waiting') {
    const minutes = Math.floor((now - state.since) / 60_000);
    return <p className="side-foot down" role="status"><i aria-hidden>▲</i> {t.frame.feedDown(clock(state.since), Math.max(0, minutes))}</p>;
  }
  return (
    <p className="side-foot" role="status">
      <i aria-hidden>●</i> {state.kind === 'live' ? t.frame.feedLive : t.frame.feedConnecting}
    </p>
  );
}
