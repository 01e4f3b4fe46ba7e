import { Tabs } from 'antd';
import { useNavigate } from 'react-router';
import { paths } from '../paths';
import { useDesk } from '../strings';

export type CensusTab = 'findings' | 'areas' | 'missed';
const HREF: Record<CensusTab, () => string> = { findings: paths.census, areas: paths.censusAreas, missed: paths.censusMissed };

/** The pages of the census, side by side. */
export function CensusTabs({ here }: { here: CensusTab }) {
  const t = useDesk();
  const navigate = useNavigate();
  return (
    <Tabs
      className="view-tabs" activeKey={here} onChange={(key) => void navigate(HREF[key as CensusTab]())}
      items={(Object.keys(HREF) as CensusTab[]).map((key) => ({ key, label: t.census.tabs[key] }))}
    />
  );
}
