import { Segmented } from 'antd';
import { useNavigate } from 'react-router';
import { paths } from '../paths';
import { useDesk } from '../strings';

/** Enterprises that nobody found, or premises: two lists side by side. */
export function MissedOf({ here, area, lead }: { here: 'enterprises' | 'premises'; area: string | undefined; lead: string }) {
  const { census: w } = useDesk();
  const navigate = useNavigate();
  const options = [{ value: 'enterprises', label: w.kinds.enterprise }, { value: 'premises', label: w.kinds.premises }];
  return (
    <div className="gaps">
      <Segmented
        aria-label={w.missedOf} options={options} value={here}
        onChange={(of) => void navigate(of === 'premises' ? paths.censusMissedPremises({ area }) : paths.censusMissed({ area }))}
      />
      <span className="muted">{lead}</span>
    </div>
  );
}
