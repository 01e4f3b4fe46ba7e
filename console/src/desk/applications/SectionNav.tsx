import { Button } from 'antd';
import { Link } from 'react-router';
import { isApiError } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { clock } from '../../shared/format';
import { usePhone } from '../parts/useMedia';
import { paths } from '../paths';
import { useDesk } from '../strings';
import type { SectionState } from './model';
import type { Draft } from './useDraft';

interface Props {
  id: string;
  sections: SectionState[];
  /** The open section; none while it is checked and signed. */
  here: string | null;
  onReview: () => void;
  draft: Draft;
}

/** The sections with what is missing in each, and whether it is saved; folded on the phone. */
export function SectionNav({ id, sections, here, onReview, draft }: Props) {
  const t = useDesk();
  const phone = usePhone();
  const w = t.applications;
  const count = (it: SectionState) => <small className={it.missing > 0 ? 'is-missing' : ''}>{it.missing > 0 ? w.missing(it.missing) : w.complete}</small>;
  const open = sections.find((it) => it.key === here);
  const list = (
    <ol>
      {sections.map((it) => (
        <li key={it.key}>
          <Link to={paths.application(id, { section: it.key })} aria-current={it.key === here ? 'step' : undefined}><span>{it.title}</span>{count(it)}</Link>
        </li>
      ))}
      <li><Link to={paths.application(id, { step: 'review' })} aria-current={here === null ? 'step' : undefined} onClick={onReview}><span>{w.toReview}</span></Link></li>
    </ol>
  );
  return (
    <nav className="form-nav" aria-label={w.sections}>
      {phone ? <details key={here}><summary><span>{open?.title ?? w.toReview}</span>{open ? count(open) : null}</summary>{list}</details> : list}
      <SaveLine draft={draft} />
    </nav>
  );
}

/** Whether what was typed is there. */
function SaveLine({ draft }: { draft: Draft }) {
  const t = useDesk();
  const words = useCommon();
  const w = t.applications.saving;
  if (draft.state === 'failed') {
    return (
      <div className="save-line is-failed" role="alert">
        {w.failed}{isApiError(draft.error) ? <small>{words.error(draft.error.code, draft.error.params)}</small> : null}
        <Button size="small" onClick={() => void draft.saver.flush()}>{w.retry}</Button>
      </div>
    );
  }
  const text = draft.state === 'saving' ? w.saving : draft.state === 'waiting' ? w.waiting : draft.savedAt ? w.saved(clock(draft.savedAt, true)) : w.fresh;
  return <p className="save-line" role="status">{text}</p>;
}
