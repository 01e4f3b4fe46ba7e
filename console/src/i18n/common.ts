// Words shared by every face: the domain's own vocabulary and the server's error codes.
import type {
  AlarmClose, AlarmKind, AlarmState, AlarmStep, AreaKind, Allowed, ConsentChannel, ConsentPurpose, ConsentState, CorrectionField, CorrectionState, Direction, DocumentKind, EnterpriseView, FactView, GrantView, GuardianRelation, HomeKind,
  HealthStatus, LegKind, Mask, Method, OpenState, Purpose, Reason, Occupation, PassView, Role, ScreeningView, Severity, SiteKind, StatusReason, Symptom, VerdictOutcome, DeviceView,
} from '../api/types';
import type { Lang } from './lang';
import { commonEn } from './common.en';
import { commonZh } from './common.zh';

/** What is so, and what to do next. */
export interface ReasonWords { says: string; next: string }

export interface CommonStrings {
  verdict: Record<VerdictOutcome, string>;
  reason: Record<Reason, ReasonWords>;
  mask: Record<Mask, string>;
  direction: Record<Direction, string>;
  method: Record<Method, string>;
  siteKind: Record<SiteKind, string>;
  openState: Record<OpenState, string>;
  status: Record<HealthStatus, string>;
  allowed: Record<Allowed, string>;
  role: Record<Role | 'system' | 'machine' | 'worker', string>;
  correctionField: Record<CorrectionField, string>;
  correctionState: Record<CorrectionState, string>;
  alarmKind: Record<AlarmKind, string>;
  alarmState: Record<AlarmState, string>;
  alarmLevel: Record<'gate' | 'site' | 'area', string>;
  alarmStep: Record<AlarmStep['kind'], string>;
  alarmOutcome: Record<AlarmClose['outcome'], string>;
  severity: Record<Severity, string>;
  areaKind: Record<AreaKind, string>;
  purpose: Record<Purpose, string>;
  documentKind: Record<DocumentKind, string>;
  sizeClass: Record<EnterpriseView['size_class'], string>;
  deviceState: Record<DeviceView['state'], string>;
  vendor: Record<DeviceView['vendor'], string>;
  grantKind: Record<GrantView['kind'], string>;
  factKind: Record<FactView['kind'], string>;
  ruleLine: {
    red: string; symptoms: (hours: number) => string; contact: (days: number) => string; family: (hours: number) => string; observation: (days: number) => string; statement: (hours: number) => string;
    area: (name: string, from: string, until: string | null) => string; areas: (list: string) => string;
  };
  symptom: Record<Symptom, string>;
  legKind: Record<LegKind, string>;
  occupation: Record<Occupation, string>;
  statusReason: Record<StatusReason['code'], string>;
  occurredBasis: Record<ScreeningView['occurred_basis'], string>;
  responsePurpose: Record<'screening' | 'location' | 'face' | 'seals' | 'matching', string>;
  passKind: Record<PassView['kind'], string>;
  passState: Record<PassView['state'], string>;
  consentPurpose: Record<ConsentPurpose, string>;
  consentState: Record<ConsentState, string>;
  consentChannel: Record<ConsentChannel, string>;
  homeKind: Record<HomeKind, string>;
  /** A part of an address that was written as a number alone, with the word it belongs to. */
  homePart: Record<'building' | 'unit' | 'room', (it: string) => string>;
  guardianRelation: Record<GuardianRelation, string>;
  /** Words for the server's error codes; `params` are the server's. */
  error: (code: string, params: Record<string, string>) => string;
  requestId: (id: string) => string;
  language: { name: string; other: string };
  /** Between two facts of one line: an ideographic space in Chinese. */
  gap: string;
}

export const commonStrings: Record<Lang, CommonStrings> = { zh: commonZh, en: commonEn };
