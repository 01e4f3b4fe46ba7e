import { WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { isRouteErrorResponse, useRouteError } from 'react-router';
import { State } from '../parts/states';
import { paths } from '../paths';
import { useDesk } from '../strings';

/** A chunk that would not load (a new version was installed, or the network is down), or a wrong address. */
export function RouteError() {
  const error = useRouteError();
  const t = useDesk();
  if (isRouteErrorResponse(error) && error.status === 404) {
    return <State icon={<WarningOutlined />} title={t.states.noPage} text={t.states.noPageHint} action={<Button href={paths.overview()}>{t.frame.home}</Button>} full />;
  }
  const reload = <Button onClick={() => window.location.reload()}>{t.actions.reload}</Button>;
  return <State icon={<WarningOutlined />} title={t.states.pageBroken} text={t.states.pageBrokenHint} action={reload} full alert />;
}
