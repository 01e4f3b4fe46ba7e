import { Tabs } from 'antd';
import { useNavigate } from 'react-router';
import { paths } from '../paths';
import { useDesk } from '../strings';

export type GridTab = 'grid' | 'officers' | 'map';
const HREF: Record<GridTab, () => string> = { grid: paths.grid, officers: paths.officers, map: paths.gridMap };

/** The pages of the grid, side by side. */
export function GridTabs({ here }: { here: GridTab }) {
  const t = useDesk();
  const navigate = useNavigate();
  return (
    <Tabs
      className="view-tabs" activeKey={here} onChange={(key) => void navigate(HREF[key as GridTab]())}
      items={(Object.keys(HREF) as GridTab[]).map((key) => ({ key, label: t.grid.tabs[key] }))}
    />
  );
}
