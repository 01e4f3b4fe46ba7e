import { Alert } from 'antd';
import type { ApiError } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { bytes } from '../../shared/format';
import type { DeskStrings } from '../../i18n/desk';
import { ErrorAlert } from '../parts/ErrorAlert';
import { useDesk } from '../strings';
import { MOST_BYTES } from './trustModel';

/** Why a list was not taken, where this page knows better words than all pages together. */
export function TrustRefusal({ error }: { error: ApiError | null }) {
  const t = useDesk();
  const { lang } = useLang();
  const own = error ? ownWords(t, error, bytes(MOST_BYTES, lang)) : null;
  return own ? <Alert type="error" showIcon role="alert" className="error-alert" title={own} /> : <ErrorAlert error={error} />;
}

function ownWords(t: DeskStrings, error: ApiError, most: string): string | null {
  if (error.code === 'beyond_scope') return t.trust.wholeDistrict;
  if (error.code === 'too_large') return t.trust.tooLarge(most);
  return error.code === 'trust_form' && error.field === 'revocations' ? t.trust.revocationsForm : null;
}
