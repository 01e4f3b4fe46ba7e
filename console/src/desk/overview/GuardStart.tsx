import { LoginOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { State } from '../parts/states';
import { paths } from '../paths';
import { useDesk } from '../strings';

export function GuardStart() {
  const t = useDesk();
  return <State icon={<LoginOutlined />} title={t.start.guardTitle} text={t.start.guardLead} action={<Button type="primary" href={paths.gateFace()}>{t.signIn.guardLink}</Button>} />;
}
