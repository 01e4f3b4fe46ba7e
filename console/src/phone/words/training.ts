// The words of training on the phone.
import type { CaptionLang, CertificateChannel } from '../../api';
import type { Stage } from '../training/course';

export interface TrainingWords {
  title: string; lead: string; none: string; noneHint: string; certificates: string; required: string; optional: string;
  card: (n: number) => string; cardNone: string; cardHint: string; late: string; lateHint: string; dueIn: (days: number) => string; dueToday: string; noDue: string;
  minutes: (n: number) => string; questions: (n: number, percent: number) => string; noQuiz: string; stage: Record<Stage, string>; percent: (n: number) => string; until: (day: string) => string;
  gone: string; closed: string; again: string; renew: (day: string) => string; toCertificate: string; description: string;
  watched: (done: string, all: string) => string; watchedBar: string; film: string; captions: string; captionsOff: string; captionLangs: Record<CaptionLang, string>; play: string; goOn: string; pause: string; back10: string; seek: string; seekHint: string; sentBack: string; paused: string; broken: string; brokenHint: string; unplayable: string; hidden: string; rules: string;
  page: (n: number, of: number) => string; pageLeft: (seconds: number) => string; pageDone: string; previous: string; next: string; zoomIn: string; zoomOut: string; unreadable: string; pageText: string; read: string; stopped: string;
  check: { wrong: string; title: string; lead: string; send: string; sent: string; code: string; submit: string; resend: (seconds: number) => string; later: string; waits: string; go: string };
  quiz: {
    title: string; ready: string; readyHint: (n: number, left: number) => string; noneLeft: string; begin: string; several: string; single: string; question: (n: number, of: number) => string; left: (clock: string) => string; leftLabel: string; over: string; overHint: string; submit: string;
    missing: (n: number) => string; missingHint: string; missingGo: string; passed: string; failed: string; score: (right: number, of: number) => string; needed: (percent: number) => string; wrong: string; attemptsLeft: (n: number) => string; again: string; toCourse: string; notYet: string;
  };
  certificate: { title: string; all: string; none: string; noneHint: string; holds: string; expired: string; revoked: string; course: string; issued: string; good: string; score: string; how: string; channel: Record<CertificateChannel, string>; by: (name: string) => string; scan: string; code: string; download: string; none1: string };
  verify: { title: string; lead: string; holds: string; holdsHint: string; expired: string; expiredHint: string; revoked: string; revokedHint: string; unknown: string; unknownHint: string; name: string; course: string; issued: string; good: string; checked: (at: string) => string };
}
