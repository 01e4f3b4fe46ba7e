// The words of what anybody may see of reopenings.
export interface ReopeningWords {
  title: string; lead: string; search: string; searchHint: string; find: string; none: string; noneHint: string; found: string; since: (day: string) => string;
  verify: {
    title: string; filed: string; filedHint: string; whitelist: string; batch: (category: string, n: number) => string; approved: string; approvedHint: string; suspended: string; suspendedHint: string; revoked: string; revokedHint: string; unknown: string; unknownHint: string;
    number: string; enterprise: string; area: string; sites: string; since: string; list: string; checked: (at: string) => string;
  };
}
