import { createBrowserRouter, type RouteObject } from 'react-router';
import { RouteError } from './frame/RouteError';
import { patterns } from './paths';
import { RequireSession } from './session/RequireSession';

/** Each page is a chunk of its own, loaded when it is opened. */
export const routes: RouteObject[] = [
  {
    errorElement: <RouteError />,
    HydrateFallback: () => null,
    children: [
      { path: patterns.signIn, lazy: () => import('./session/SignInPage') },
      { path: patterns.invite, lazy: () => import('./session/InvitePage') },
      {
        element: <RequireSession />,
        children: [
          {
            lazy: () => import('./frame/Frame'),
            children: [
              { path: patterns.overview, lazy: () => import('./overview/StartPage') },
              { path: patterns.areas, lazy: () => import('./areas/AreasPage') },
              { path: patterns.areaImport, lazy: () => import('./areas/AreaImportPage') },
              { path: patterns.responses, lazy: () => import('./responses/ResponsesPage') },
              { path: patterns.enterprises, lazy: () => import('./enterprises/EnterprisesPage') },
              { path: patterns.sites, lazy: () => import('./sites/SitesPage') },
              { path: patterns.shiftPlan, lazy: () => import('./shifts/ShiftPlanPage') },
              { path: patterns.premises, lazy: () => import('./grid/PremisesPage') },
              { path: patterns.grid, lazy: () => import('./grid/GridPage') },
              { path: patterns.officers, lazy: () => import('./grid/OfficersPage') },
              { path: patterns.gridMap, lazy: () => import('./grid/MapPage') },
              { path: patterns.gridMapImport, lazy: () => import('./grid/MapImportPage') },
              { path: patterns.gates, lazy: () => import('./gates/GatesPage') },
              { path: patterns.devices, lazy: () => import('./devices/DevicesPage') },
              { path: patterns.device, lazy: () => import('./devices/DevicePage') },
              { path: patterns.deviceSetup, lazy: () => import('./devices/SetupSheetPage') },
              { path: patterns.gateRules, lazy: () => import('./rules/GateRulesPage') },
              { path: patterns.trustLists, lazy: () => import('./trust/TrustListsPage') },
              { path: patterns.people, lazy: () => import('./people/PeoplePage') },
              { path: patterns.personNew, lazy: () => import('./people/PersonNewPage') },
              { path: patterns.statusRules, lazy: () => import('./people/StatusRulesPage') },
              { path: patterns.redOrders, lazy: () => import('./people/RedOrdersPage') },
              { path: patterns.appeals, lazy: () => import('./people/AppealsPage') },
              { path: patterns.appeal, lazy: () => import('./people/AppealPage') },
              { path: patterns.duties, lazy: () => import('./people/DutiesPage') },
              { path: patterns.homes, lazy: () => import('./people/HomesPage') },
              { path: patterns.corrections, lazy: () => import('./people/CorrectionsPage') },
              { path: patterns.correction, lazy: () => import('./people/CorrectionPage') },
              { path: patterns.duplicates, lazy: () => import('./people/DuplicatesPage') },
              { path: patterns.peopleImports, lazy: () => import('./people/ImportsPage') },
              { path: patterns.peopleImport, lazy: () => import('./people/ImportJobPage') },
              { path: patterns.person, lazy: () => import('./people/PersonPage') },
              { path: patterns.review, lazy: () => import('./review/ReviewPage') },
              { path: patterns.reviewFile, lazy: () => import('./review/FilePage') },
              { path: patterns.inspections, lazy: () => import('./inspections/InspectionsPage') },
              { path: patterns.inspection, lazy: () => import('./inspections/InspectionPage') },
              { path: patterns.projects, lazy: () => import('./projects/ProjectsPage') },
              { path: patterns.project, lazy: () => import('./projects/ProjectPage') },
              { path: patterns.reportTemplates, lazy: () => import('./templates/TemplatesPage') },
              { path: patterns.reportTemplate, lazy: () => import('./templates/TemplatePage') },
              { path: patterns.statistics, lazy: () => import('./statistics/StatisticsPage') },
              { path: patterns.dailyReports, lazy: () => import('./reports/ReportsPage') },
              { path: patterns.electricityImport, lazy: () => import('./reports/ElectricityPage') },
              { path: patterns.dailyReport, lazy: () => import('./reports/ReportPage') },
              { path: patterns.applications, lazy: () => import('./applications/ApplicationsPage') },
              { path: patterns.application, lazy: () => import('./applications/ApplicationPage') },
              { path: patterns.forms, lazy: () => import('./forms/FormsPage') },
              { path: patterns.formEdit, lazy: () => import('./forms/EditorPage') },
              { path: patterns.rulebooks, lazy: () => import('./rulebook/RulebookPage') },
              { path: patterns.rulebookEdit, lazy: () => import('./rulebook/EditorPage') },
              { path: patterns.reviewers, lazy: () => import('./rulebook/ReviewersPage') },
              { path: patterns.checklists, lazy: () => import('./checklists/ChecklistsPage') },
              { path: patterns.checklistEdit, lazy: () => import('./checklists/EditorPage') },
              { path: patterns.areaRisks, lazy: () => import('./risks/RisksPage') },
              { path: patterns.training, lazy: () => import('./training/TrainingPage') },
              { path: patterns.course, lazy: () => import('./training/CoursePage') },
              { path: patterns.screenings, lazy: () => import('./screenings/ScreeningsPage') },
              { path: patterns.alarms, lazy: () => import('./alarms/AlarmsPage') },
              { path: patterns.audit, lazy: () => import('./audit/AuditPage') },
              { path: patterns.accounts, lazy: () => import('./accounts/AccountsPage') },
              { path: patterns.operations, lazy: () => import('./operations/OperationsPage') },
              { path: '*', lazy: () => import('./frame/NoPage') },
            ],
          },
        ],
      },
    ],
  },
];

export function makeRouter() {
  return createBrowserRouter(routes);
}
