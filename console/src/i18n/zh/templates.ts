import type { TemplatesStrings } from '../templates';

export const templates: TemplatesStrings = {
  title: '上报模板', lead: '把区里自己的 Excel 报表传上来，给要填的单元格起好名称，平台就按当天的统计数填进去，别的一概不动。', none: '还没有上报模板', noneHint: '传一个 XLSX 报表，就能每天定时填好。', upload: '上传模板', howTo: '怎么做模板',
  howToSteps: ['在 Excel 或 WPS 里点要填数的单元格，在编辑栏左边的名称框里输入名称，例如“已复工企业数”或 enterprises_open，回车。', '要按区域、行业、规模或物资逐行填的表，选中表头行和下面留给它的行，起名“分区域”等；表头写列名，例如“区域”“企业数”“复工率”。', '另存为 XLSX 上传。公式、格式、合并单元格和图表都保留，打开文件时重新计算。'],
  allNames: '可以用的名称', nameColumn: '名称', chineseColumn: '中文名称', more: '说明', suffix: (suffix) => `可加 ${suffix}`, tableColumns: (columns) => `列：${columns}`,
  name: '模板名称', area: '区域', version: (n) => `第 ${n} 版`, schedule: '定时', noSchedule: '不定时', everyDay: (time) => `每天 ${time}`, onDays: (days, time) => `周${days} ${time}`, next: '下一次', weekdays: ['一', '二', '三', '四', '五', '六', '日'], weekdayGap: '、',
  file: '选择报表文件', fileHint: 'XLSX，不超过 3 MB，不能带宏', chosen: (name, size) => `${name}（${size}）`, look: '检查名称', keep: '保存模板', another: '换一个文件', fit: '可以用：下面的单元格会被填上。', unfit: '还不能用：请在表格里改好标出的名称，再传。', kept: (name) => `已保存“${name}”`, nameHint: '例如：复工情况日报', tooLarge: '超过 3 MB，请去掉大图片再传',
  found: '文件里的名称', cell: '名称', place: '位置', goes: '填什么', noPlace: '没有单元格', own: '表格自己的名称，不动', meant: (names) => `不认识。是不是 ${names}？`, left: (headings) => `这些列不填：${headings}`, value: '当天的值', noNames: '文件里没有名称。',
  faults: {
    gone: () => '指向的单元格或工作表已经删了', no_cells: () => '没有指向单元格', several: () => '指向了好几个单元格，请只指一个', formula: (at) => `${at ? `${at} ` : ''}里是公式，不能填`, shared: (name) => `和“${name}”指向同一个单元格`, merged: (at) => `${at} 跨行合并了，请取消合并`, no_headings: () => '第一行里没有认识的列名', occupied: (at) => `${at} 已有内容，请把名称的范围拉到表格最后一行`,
  },
  preview: '填出来的数', day: '日期', notComputed: '这一天没有统计数，填出来是空的。', rows: (shown, all) => `前 ${shown} 行，共 ${all} 行`, fill: '填好下载', ask: '生成并保存', asked: '正在生成，好了会出现在下面',
  plan: '每天定时', time: '时间', days: '星期', kept_: '保留最近几份', keptHint: '1 到 366', save: '保存', saved: '已保存', stop: '停止定时', stopped: '已停止定时', noDay: '至少选一天',
  reports: '生成的报表', noReports: '还没有生成过', noReportsHint: '到点会自动生成，也可以现在生成一份。', state: '状态', states: { waiting: '正在生成', done: '已生成', failed: '没有生成' }, by: '谁要的', itself: '定时', size: '大小', gone: '已过保留份数', download: '下载', downloadOf: (day) => `下载 ${day} 的报表`, again: '再生成', againOf: (day) => `再生成 ${day} 的报表`, made: '完成时间',
  reportFaults: { no_figures: () => '这一天没有统计数', table_full: (detail) => `表格留的行不够（${detail}），请换一版模板再生成`, file_form: () => '模板打不开', internal: () => '服务器出错，试了 5 次' },
  versions: '版本', newVersion: '换一版', original: (n) => `下载第 ${n} 版原件`, sentBy: '上传人', at: '时间',
  retire: '停用', retireTitle: (name) => `停用“${name}”`, retireConsequence: '停用后不再定时生成，模板从列表里消失。已保存的文件不再能从这里下载。', retired: '已停用',
};
