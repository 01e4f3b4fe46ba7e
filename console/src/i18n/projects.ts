// The words of construction projects.
export interface ProjectsStrings {
  title: string; count: (n: string) => string; none: string; noneHint: string; report: string; national: string; members: string; came: string; companies: string; noCompanies: string; noCompaniesHint: string; noCompany: string; people: (n: string) => string;
  team: string; noTeam: string; current: string; leading: string; ever: string; joined: string; left: string; attendance: string; attendanceHint: string; day: string; number: string; worker: string; trade: string; firstIn: string; lastOut: string; passages: string; unseen: string; nobody: string; nobodyHint: string;
  nationalLead: string; from: string; until: string; reason: string; daysMost: (n: number) => string; prepare: string; download: string; open: string; csv: string;
}
