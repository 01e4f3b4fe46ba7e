// Words of gates of our own, and of faces.
export interface GateLinkStrings {
  title: string; lead: string; link: string; again: string; command: string; none: string; since: string; asked: string; clock: string; waiting: string; cameras: string;
  disk: string; doorFault: string; thermalFault: string; thermalOffset: string; learnt: (by: number, pairs: number, at: string) => string; version: string; revoke: string; revokeTitle: (serial: string) => string; revokeConsequence: string; revoked: (at: string) => string;
}

export interface FacesStrings {
  button: string; title: (name: string) => string; lead: string; unavailable: string; unavailableHint: string; noConsent: string; noConsentHint: string; none: string;
  enrolled: (at: string, by: string) => string; byPhone: string; how: string; take: string; again: string; remove: string; removeTitle: string; removeConsequence: string;
  done: string; removed: string;
}
