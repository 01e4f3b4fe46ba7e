import type { ApiError } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { useWords } from '../words';

/** Why it has stopped, and that nothing is lost. */
export function Trouble({ error }: { error: ApiError | null }) {
  const t = useWords();
  const words = useCommon();
  if (!error) return null;
  return <div className="m-away" role="alert"><span><b>{error.isUncertain ? t.training.broken : words.error(error.code, error.params)}</b>{error.isUncertain ? <><br />{t.training.brokenHint}</> : null}</span></div>;
}
