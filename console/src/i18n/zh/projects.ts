import type { ProjectsStrings } from '../projects';

export const projects: ProjectsStrings = {
  title: '工地', count: (n) => `${n} 个工地`, none: '还没有工地', noneHint: '类别为建设项目的场所会出现在这里。', report: '今天的日报', national: '导出住建实名制', members: '在册', came: '今天进场', companies: '参建单位', noCompanies: '名册里还没有人', noCompaniesHint: '从“人员”导入实名制名册：参建单位、班组、工种、进退场日期都会读进来。', noCompany: '没写参建单位', people: (n) => `${n} 人`,
  team: '班组', noTeam: '没有班组', current: '在册', leading: '班组长和管理人员', ever: '累计', joined: '最早进场', left: '全部退场', attendance: '考勤', attendanceHint: '来自门岗：首次进、末次出。没有放行的不算到场；进场退场是进出项目，不是过门。', day: '日期', number: '工号', worker: '工人', trade: '工种', firstIn: '首次进', lastOut: '末次出', passages: '次数', unseen: '没见到', nobody: '没有这样的人', nobodyHint: '换一天或换一个班组看看。',
  nationalLead: '按全国建筑工人管理服务平台的实体和字段名出一个工作簿：项目、参建单位、班组、工人、进退场、考勤。里面有证件号码，所以要写理由；每个人在自己的档案里都能看到。', from: '从', until: '到', reason: '理由', daysMost: (n) => `日期要按先后，最多 ${n} 天`, prepare: '准备文件', download: '下载工作簿', open: '项目实名制', csv: '导出考勤',
};
