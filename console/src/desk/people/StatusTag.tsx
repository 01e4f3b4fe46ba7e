import type { Allowed, HealthStatus } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { allowedShape, StatusShape } from '../../shared/StatusShape';

const TAG: Record<HealthStatus, string> = { green: 'tag-admit', amber: 'tag-recheck', red: 'tag-deny', unknown: 'tag-hold' };
const KNOCK: Record<HealthStatus, string> = { green: 'var(--admit-wash)', amber: 'var(--recheck-wash)', red: 'var(--deny-wash)', unknown: 'var(--hold-wash)' };

export function StatusTag({ status }: { status: HealthStatus }) {
  const words = useCommon();
  return <span className={`tag ${TAG[status]}`}><StatusShape status={status} size={12} knock={KNOCK[status]} />{words.status[status]}</span>;
}

export function AllowedTag({ allowed }: { allowed: Allowed }) {
  const words = useCommon();
  const shape = allowedShape[allowed];
  return <span className={`tag ${TAG[shape]}`}><StatusShape status={shape} size={12} knock={KNOCK[shape]} />{words.allowed[allowed]}</span>;
}
