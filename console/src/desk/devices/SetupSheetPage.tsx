import { KeyOutlined, PrinterOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useCommon } from '../../i18n/LangProvider';
import { CopyField } from '../parts/CopyField';
import { State } from '../parts/states';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { dropSecret, findSecret } from './deviceSecrets';
import './device.css';

/** The sheet the installer takes along. Shown once, right after the device was made or its secret was rotated. */
export function Component() {
  const { id = '' } = useParams();
  const t = useDesk();
  const words = useCommon();
  const navigate = useNavigate();
  const [secret] = useState(() => findSecret(id));
  if (!secret) {
    return <State icon={<KeyOutlined />} title={t.setup.gone} text={t.setup.goneHint} action={<Link to={paths.device(id)}><Button>{t.setup.toDevice}</Button></Link>} />;
  }
  const { device, setup } = secret;
  const done = () => {
    dropSecret(id);
    void navigate(paths.device(id));
  };
  const rows: [string, string][] = [
    [t.setup.address, setup.address], [t.setup.port, String(setup.port)], [t.setup.path, setup.path], [t.setup.protocol, setup.protocol],
    [t.setup.format, setup.format], [t.setup.heartbeat, t.setup.seconds(setup.heartbeat_s)],
  ];
  return (
    <div className="page">
      <article className="sheet" aria-labelledby="sheet-title">
        <Alert className="no-print error-alert" type="warning" showIcon title={t.setup.once} />
        <h1 id="sheet-title">{t.setup.title}</h1>
        <p className="muted">{t.setup.lead}</p>
        <table>
          <tbody>
            <tr><th scope="row">{t.setup.device}</th><td>{words.vendor[device.vendor]}{t.gap}{device.model}<br /><code>{device.serial}</code></td></tr>
            <tr><th scope="row">{t.setup.place}</th><td>{device.site_name}{t.gap}{device.gate_name}{t.gap}{t.devices.laneOf(device.lane)}{t.gap}{words.direction[device.direction]}</td></tr>
            {rows.map(([label, value]) => <tr key={label}><th scope="row">{label}</th><td><code>{value}</code></td></tr>)}
          </tbody>
        </table>
        <h2 style={{ fontSize: 16, marginBottom: 4 }}>{t.setup.steps}</h2>
        <ol>{t.setup.step.map((step) => <li key={step}>{step}</li>)}</ol>
        <div className="sheet-sign"><span>{t.setup.installed}</span><span>{t.setup.date}</span></div>
        <div className="no-print" style={{ marginTop: 24 }}>
          <CopyField label={t.setup.path} value={setup.path} />
          <div className="form-foot">
            <Button type="primary" icon={<PrinterOutlined />} onClick={() => window.print()}>{t.setup.print}</Button>
            <Button onClick={done}>{t.setup.done}</Button>
          </div>
        </div>
      </article>
    </div>
  );
}
