import type { ReactNode } from 'react';
import type { Allowed, HealthStatus } from '../api/types';

const MARK = { fill: 'none', stroke: 'var(--knock)', strokeWidth: 9, strokeLinecap: 'round', strokeLinejoin: 'round' } as const;
const PATHS: Record<HealthStatus, ReactNode> = {
  green: (<><circle cx="48" cy="48" r="42" fill="currentColor" /><path d="M28 49.5 42.5 64 69 35" {...MARK} strokeWidth={10} /></>),
  amber: (
    <>
      <path d="M48 10 91 84H5z" fill="currentColor" stroke="currentColor" strokeWidth="8" strokeLinejoin="round" />
      <path d="M48 36v22" {...MARK} /><circle cx="48" cy="72" r="5.5" fill="var(--knock)" />
    </>
  ),
  red: (
    <>
      <path d="M31 7h34l24 24v34L65 89H31L7 65V31z" fill="currentColor" stroke="currentColor" strokeWidth="5" strokeLinejoin="round" />
      <rect x="20" y="39" width="56" height="18" rx="3" fill="var(--knock)" />
    </>
  ),
  unknown: (
    <>
      <path d="M48 6 90 48 48 90 6 48z" fill="none" stroke="currentColor" strokeWidth="6" strokeDasharray="11 8" strokeLinejoin="round" />
      <path d="M37 39c0-7 5-11.5 11.5-11.5S60 31.5 60 38c0 8-11.3 8.7-11.3 17" fill="none" stroke="currentColor" strokeWidth="8" strokeLinecap="round" />
      <circle cx="48.5" cy="68" r="5.2" fill="currentColor" />
    </>
  ),
};
const COLOUR: Record<HealthStatus, string> = { green: 'var(--admit)', amber: 'var(--recheck-ink)', red: 'var(--deny)', unknown: 'var(--hold)' };

export function StatusShape({ status, size = 16, knock = '#fff' }: { status: HealthStatus; size?: number; knock?: string }) {
  return (
    <svg width={size} height={size} viewBox="0 0 96 96" aria-hidden="true" focusable="false" style={{ ['--knock' as string]: knock, color: COLOUR[status], flex: 'none', display: 'block' }}>
      {PATHS[status]}
    </svg>
  );
}

/** Employers see only these three; drawn with the shapes of the statuses they stand for. */
export const allowedShape: Record<Allowed, HealthStatus> = { allowed: 'green', not_allowed: 'red', unknown: 'unknown' };
