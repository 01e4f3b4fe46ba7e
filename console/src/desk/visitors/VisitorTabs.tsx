import { Tabs } from 'antd';
import { useNavigate } from 'react-router';
import { paths } from '../paths';
import { useDesk } from '../strings';

export type VisitorTab = 'visitors' | 'coaches' | 'vehicles';
const HREF: Record<VisitorTab, () => string> = { visitors: paths.visitors, coaches: paths.coaches, vehicles: paths.vehicles };

/** Who comes without working there, side by side. */
export function VisitorTabs({ here }: { here: VisitorTab }) {
  const t = useDesk();
  const navigate = useNavigate();
  return (
    <Tabs
      className="view-tabs" activeKey={here} onChange={(key) => void navigate(HREF[key as VisitorTab]())}
      items={(Object.keys(HREF) as VisitorTab[]).map((key) => ({ key, label: t.visitors.tabs[key] }))}
    />
  );
}
