import { EllipsisOutlined } from '@ant-design/icons';
import { NavLink } from 'react-router';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { visibleMenu } from './menu';

export function PhoneTabs({ onMore }: { onMore: () => void }) {
  const t = useDesk();
  const can = useCan();
  const entries = visibleMenu(can).flatMap((group) => group.entries).slice(0, 4);
  return (
    <nav className="tabs-bar" aria-label={t.frame.quickMenu}>
      {entries.map((entry) => (
        <NavLink key={entry.key} to={entry.path} end={entry.key === 'overview'} className={({ isActive }) => (isActive ? 'on' : '')}>
          {entry.icon}
          {t.menu[entry.key]}
        </NavLink>
      ))}
      <button type="button" onClick={onMore}>
        <EllipsisOutlined aria-hidden />
        {t.frame.more}
      </button>
    </nav>
  );
}
