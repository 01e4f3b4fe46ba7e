import { MenuOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { Suspense, useEffect, useState } from 'react';
import { Link, Outlet, useLocation } from 'react-router';
import { LoadingState, NoPermissionState } from '../parts/states';
import { usePhone } from '../parts/useMedia';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { AccountMenu } from './AccountMenu';
import { AlarmBell } from './AlarmBell';
import { LiveFeed } from './LiveFeed';
import { Logo } from './Logo';
import { mayOpen } from './menu';
import { PageBoundary } from './PageBoundary';
import { PhoneTabs } from './PhoneTabs';
import { PlaceSearch } from './PlaceSearch';
import { ResponseStrip } from './ResponseStrip';
import { SideMenu } from './SideMenu';
import './frame.css';

export function Component() {
  return (
    <LiveFeed>
      <Frame />
    </LiveFeed>
  );
}

function Frame() {
  const t = useDesk();
  const phone = usePhone();
  const can = useCan();
  const location = useLocation();
  const [menuOpen, setMenuOpen] = useState(false);
  useEffect(() => setMenuOpen(false), [location.pathname]);
  return (
    <div className="frame">
      <a className="skip-link" href="#content">{t.frame.skip}</a>
      <header className="frame-head">
        {phone ? <Button type="text" icon={<MenuOutlined />} aria-label={t.frame.openMenu} onClick={() => setMenuOpen(true)} /> : null}
        <Link to={paths.overview()} className="frame-brand"><Logo /><span className="sr-only">{t.frame.home}</span></Link>
        {phone ? null : <ResponseStrip />}
        <div className="frame-tools">
          <PlaceSearch compact={phone} />
          <AlarmBell />
          <AccountMenu compact={phone} />
        </div>
      </header>
      {phone ? null : <SideMenu />}
      <main id="content" className="frame-main" tabIndex={-1}>
        <PageBoundary key={location.pathname}>
          <Suspense fallback={<LoadingState />}>
            {mayOpen(location.pathname, can) ? <Outlet /> : <NoPermissionState />}
          </Suspense>
        </PageBoundary>
      </main>
      {phone ? <PhoneTabs onMore={() => setMenuOpen(true)} /> : null}
      <Drawer open={phone && menuOpen} placement="left" size={264} onClose={() => setMenuOpen(false)} title={<Logo />} classNames={{ body: 'frame-drawer' }}>
        <ResponseStrip />
        <SideMenu />
      </Drawer>
    </div>
  );
}
