import { Alert, Button } from 'antd';
import { Link } from 'react-router';
import type { ApplicationFile } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { faultWords, type SectionState } from './model';
import type { Draft } from './useDraft';

interface Props { file: ApplicationFile; draft: Draft; sections: SectionState[]; busy: boolean; onSign: () => void }

/** What is still missing, with the way there; then on to the signature. */
export function ReviewStep({ file, draft, sections, busy, onSign }: Props) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.applications;
  const { faults } = draft.checked;
  const clashes = Object.keys(draft.clashes);
  const lacking = sections.filter((it) => it.missing > 0);
  const why = clashes.length > 0 ? w.review.clash : busy ? w.review.uploading : draft.clean ? null : w.review.unsaved;
  const to = (section: string, field: string) => `${paths.application(file.application.id, { section })}#ask-${field}-box`;
  return (
    <section className="block form-section">
      <h2>{w.review.title}</h2>
      {faults.length === 0 ? <Alert type="success" showIcon role="status" title={w.review.ready} /> : <Alert type="warning" showIcon role="status" title={w.review.missing(faults.length)} description={w.review.missingHint} />}
      {lacking.map((section) => (
        <div key={section.key} className="missing">
          <h3>{section.title}</h3>
          <ul>
            {section.fields.map((field) => {
              const fault = faults.find((it) => it.field === field.key);
              return fault ? <li key={field.key}><Link to={to(section.key, field.key)}>{field.label[lang]}</Link><small>{faultWords(field, fault, w, lang)}</small></li> : null;
            })}
          </ul>
        </div>
      ))}
      {why ? <p className="ask-fault" role="status">{why}</p> : null}
      <div className="form-foot"><Button type="primary" disabled={faults.length > 0 || why !== null} onClick={onSign}>{w.review.sign}</Button></div>
    </section>
  );
}
