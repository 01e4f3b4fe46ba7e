import {
  AlertOutlined, ApartmentOutlined, AuditOutlined, BankOutlined, BarChartOutlined, BookOutlined, BuildOutlined, CalendarOutlined, CarryOutOutlined, CheckSquareOutlined, ClusterOutlined, ControlOutlined, DashboardOutlined, FileDoneOutlined, FileExcelOutlined, FileSearchOutlined, FormOutlined, SolutionOutlined, GlobalOutlined,
  HddOutlined, HeartOutlined, HomeOutlined, IdcardOutlined, KeyOutlined, LoginOutlined, MedicineBoxOutlined, ProfileOutlined, ReadOutlined, RiseOutlined, SafetyOutlined, ShopOutlined, TeamOutlined, UserSwitchOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { DeskStrings } from '../../i18n/desk';
import { paths } from '../paths';
import type { Permission } from '../session/session';

export interface MenuEntry { key: keyof DeskStrings['menu']; path: string; icon: ReactNode; needs: Permission[] }
export interface MenuGroup { key: 'main' | 'places' | 'watch' | 'system'; entries: MenuEntry[] }

/** Any one of `needs` shows the entry. The overview is everybody's: each role has its own start page. */
export const menuGroups: MenuGroup[] = [
  {
    key: 'main',
    entries: [
      { key: 'overview', path: paths.overview(), icon: <DashboardOutlined />, needs: [] },
      { key: 'alarms', path: paths.alarms(), icon: <AlertOutlined />, needs: ['read_alarms'] },
      { key: 'screenings', path: paths.screenings(), icon: <FileDoneOutlined />, needs: ['read_screenings'] },
      { key: 'people', path: paths.people(), icon: <TeamOutlined />, needs: ['read_people'] },
      { key: 'homes', path: paths.homes(), icon: <KeyOutlined />, needs: ['read_homes'] },
      { key: 'visitors', path: paths.visitors(), icon: <IdcardOutlined />, needs: ['read_visitors'] },
      { key: 'applications', path: paths.applications(), icon: <FormOutlined />, needs: ['apply'] },
      { key: 'review', path: paths.review(), icon: <CarryOutOutlined />, needs: ['review_applications'] },
      { key: 'inspections', path: paths.inspections(), icon: <FileSearchOutlined />, needs: ['visit'] },
      { key: 'dailyReports', path: paths.dailyReports(), icon: <CalendarOutlined />, needs: ['read_reports'] },
      { key: 'statistics', path: paths.statistics(), icon: <BarChartOutlined />, needs: ['read_statistics'] },
      { key: 'reportTemplates', path: paths.reportTemplates(), icon: <FileExcelOutlined />, needs: ['read_statistics'] },
      { key: 'forms', path: paths.forms(), icon: <ProfileOutlined />, needs: ['manage_reopening'] },
      { key: 'rulebook', path: paths.rulebooks(), icon: <BookOutlined />, needs: ['read_applications'] },
      { key: 'checklists', path: paths.checklists(), icon: <CheckSquareOutlined />, needs: ['read_applications'] },
      { key: 'training', path: paths.training(), icon: <ReadOutlined />, needs: ['read_people', 'manage_training'] },
      { key: 'statusRules', path: paths.statusRules(), icon: <HeartOutlined />, needs: ['read_people'] },
    ],
  },
  {
    key: 'places',
    entries: [
      { key: 'enterprises', path: paths.enterprises(), icon: <BankOutlined />, needs: ['read_places'] },
      { key: 'premises', path: paths.premises(), icon: <ShopOutlined />, needs: ['edit_places', 'visit'] },
      { key: 'census', path: paths.census(), icon: <SolutionOutlined />, needs: ['review_census'] },
      { key: 'sites', path: paths.sites(), icon: <HomeOutlined />, needs: ['read_places'] },
      { key: 'projects', path: paths.projects(), icon: <BuildOutlined />, needs: ['read_people'] },
      { key: 'gates', path: paths.gates(), icon: <LoginOutlined />, needs: ['read_places'] },
      { key: 'devices', path: paths.devices(), icon: <HddOutlined />, needs: ['read_places', 'manage_devices'] },
      { key: 'gateRules', path: paths.gateRules(), icon: <SafetyOutlined />, needs: ['read_places', 'manage_rules'] },
      { key: 'trustLists', path: paths.trustLists(), icon: <GlobalOutlined />, needs: ['manage_rules'] },
    ],
  },
  {
    key: 'watch',
    entries: [
      { key: 'grid', path: paths.grid(), icon: <ClusterOutlined />, needs: ['manage_grid'] },
      { key: 'areas', path: paths.areas(), icon: <ApartmentOutlined />, needs: ['read_places'] },
      { key: 'areaRisks', path: paths.areaRisks(), icon: <RiseOutlined />, needs: ['manage_reopening'] },
      { key: 'responses', path: paths.responses(), icon: <MedicineBoxOutlined />, needs: ['read_places', 'manage_responses'] },
    ],
  },
  {
    key: 'system',
    entries: [
      { key: 'accounts', path: paths.accounts(), icon: <UserSwitchOutlined />, needs: ['manage_accounts'] },
      { key: 'audit', path: paths.audit(), icon: <AuditOutlined />, needs: ['read_audit'] },
      { key: 'operations', path: paths.operations(), icon: <ControlOutlined />, needs: ['read_operations'] },
    ],
  },
];

export function visibleMenu(can: (permission: Permission) => boolean): MenuGroup[] {
  return menuGroups
    .map((group) => ({ ...group, entries: group.entries.filter((entry) => entry.needs.length === 0 || entry.needs.some(can)) }))
    .filter((group) => group.entries.length > 0);
}

/** Whether the page at this address is for somebody with these permissions; pages under an entry follow it. */
export function mayOpen(pathname: string, can: (permission: Permission) => boolean): boolean {
  const entries = menuGroups.flatMap((group) => group.entries);
  const entry = entries.find((it) => it.path !== paths.overview() && (pathname === it.path || pathname.startsWith(`${it.path}/`)));
  return !entry || entry.needs.some(can);
}
