import type { ReactNode } from 'react';
import type { VerdictOutcome } from '../api/types';

const PATHS: Record<VerdictOutcome, ReactNode> = {
  admit: (
    <>
      <circle cx="48" cy="48" r="42" fill="currentColor" />
      <path d="M28 49.5 42.5 64 69 35" fill="none" stroke="var(--knock)" strokeWidth="10" strokeLinecap="round" strokeLinejoin="round" />
    </>
  ),
  correct: (
    <>
      <path d="M19 35C3 30 1 50 7 57s11 5 14 3M77 35c16-5 18 15 12 22s-11 5-14 3" fill="none" stroke="currentColor" strokeWidth="6" strokeLinecap="round" />
      <path d="M18 31c12-1 21-7 30-7s18 6 30 7c2 0 3 1.5 3 3.5 0 25-15 41-33 41S15 59.5 15 34.5c0-2 1-3.5 3-3.5z" fill="currentColor" />
      <path d="M30 42h36M30 51h36M34 60h28" fill="none" stroke="var(--knock)" strokeWidth="4.5" strokeLinecap="round" />
    </>
  ),
  recheck: (
    <>
      <path d="M76 52A29 29 0 1 1 66 27" fill="none" stroke="currentColor" strokeWidth="13" strokeLinecap="round" />
      <path d="M88 14 83 45 56 30z" fill="currentColor" stroke="currentColor" strokeWidth="5" strokeLinejoin="round" />
    </>
  ),
  hold: (
    <>
      <path d="M43.8 5.7a6 6 0 0 1 8.4 0l38.1 38.1a6 6 0 0 1 0 8.4L52.2 90.3a6 6 0 0 1-8.4 0L5.7 52.2a6 6 0 0 1 0-8.4z" fill="currentColor" />
      <path d="M36.5 38.5c0-7 5-11.5 11.7-11.5S60 31.2 60 37.8c0 8-11.3 8.7-11.3 17.7" fill="none" stroke="var(--knock)" strokeWidth="8.5" strokeLinecap="round" />
      <circle cx="48.5" cy="68.5" r="5.7" fill="var(--knock)" />
    </>
  ),
  deny: (
    <>
      <path d="M31 7h34l24 24v34L65 89H31L7 65V31z" fill="currentColor" stroke="currentColor" strokeWidth="5" strokeLinejoin="round" />
      <rect x="20" y="39" width="56" height="18" rx="3" fill="var(--knock)" />
    </>
  ),
};

interface Props {
  outcome: VerdictOutcome;
  size?: number | string;
  /** The colour knocked out of the silhouette; by default the page's. */
  knock?: string;
  className?: string;
}

/** A verdict's silhouette in `currentColor`. Decoration: the word beside it says the verdict. */
export function VerdictShape({ outcome, size = 16, knock = '#fff', className }: Props) {
  return (
    <svg className={className} width={size} height={size} viewBox="0 0 96 96" aria-hidden="true" focusable="false" style={{ ['--knock' as string]: knock, flex: 'none', display: 'block' }}>
      {PATHS[outcome]}
    </svg>
  );
}
