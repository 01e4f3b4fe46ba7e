import { FileSearchOutlined } from '@ant-design/icons';
import { Link } from 'react-router';
import { State } from '../parts/states';
import { paths } from '../paths';
import { useDesk } from '../strings';

export function Component() {
  const t = useDesk();
  return <State icon={<FileSearchOutlined />} title={t.states.noPage} text={t.states.noPageHint} action={<Link to={paths.overview()}>{t.frame.home}</Link>} />;
}
