import { Alert } from 'antd';
import type { ApiError } from '../../api';
import { useCommon } from '../../i18n/LangProvider';

/** A refusal in words, with the request number when the server is at fault. */
export function ErrorAlert({ error }: { error: ApiError | null }) {
  const words = useCommon();
  if (!error) return null;
  return (
    <Alert
      type={error.isUncertain ? 'warning' : 'error'} showIcon role="alert" className="error-alert"
      title={words.error(error.code, error.params)}
      description={error.status >= 500 && error.requestId ? words.requestId(error.requestId) : undefined}
    />
  );
}
