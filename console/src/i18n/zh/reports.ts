import type { ReportsStrings } from '../reports';

export const reports: ReportsStrings = {
  title: '日报', count: (n) => `${n} 份`, missingCount: (n) => `${n} 家未报`, suppliesCount: (n) => `${n} 家`, tabs: { filed: '已报', missing: '未报', supplies: '物资' },
  unit: '单位', day: '日期', search: '企业名称', area: '区域', figures: { planned: '计划人数', on_duty: '在岗人数', from_affected: '在岗人员中 14 天内来自或途经涉疫地区', abnormal: '发热、咳嗽等异常人数', isolated: '隔离人数' }, short: { from_affected: '涉疫地区来', abnormal: '异常', isolated: '隔离' }, seen: '门岗所见', kwhShort: '用电（千瓦时）', doubtsTitle: '疑点', onlyDoubtful: '只看有疑点的',
  doubts: { above_planned: '在岗多于计划', gates_saw_fewer: '门岗所见偏少', gates_saw_more: '门岗所见偏多', headcount_jump: '在岗人数突变', stock_rose: '库存多出来了', electricity_jump: '用电突变' },
  filedAt: '填报', late: '迟报', none: '这一天还没有日报', noneHint: '复工的企业和工地每天报一次；还没报的在“未报”里。', allFiled: '都报了', allFiledHint: '这一天该报的单位都报了。', lastDay: '最近一次', never: '从没报过', remindedAt: '上次提醒', remind: '提醒', remindAll: '提醒全部', remindText: (n, day) => `提醒 ${n} 家单位填报 ${day} 的日报：对方打开平台就会看到。两小时内提醒过的不再提醒。`, reminded: (n, before, left) => `已提醒 ${n} 家${before > 0 ? `，${before} 家刚提醒过` : ''}${left > 0 ? `，还有 ${left} 家请再点一次` : ''}`, file: '去填报',
  item: '物资', items: { mask: '口罩（只）', disinfectant: '消毒液（升）', thermometer: '体温计（支）', gloves: '手套（双）', protective_suit: '防护服（件）', hand_sanitiser: '洗手液（瓶）' }, stock: '库存', burn: '每天用', daysLeft: '还能用', days: (n) => `${n} 天`, noBurn: '没有消耗', gapTitle: '缺口', onlyShort: '只看有缺口的', shortUnits: '有缺口的单位', unitsOf: (n, of) => `${n} / ${of} 家`, sums: '各类物资合计', noSupplies: '还没有单位报这种物资', noSuppliesHint: '换一种物资看看；单位在日报里报库存。缺口按备足 3 天算。', received: '今天到货', used: '用掉',
  due: '今天的日报还没报', dueLate: '昨天的日报没有报', allDue: '看全部', wereReminded: (at) => `${at} 提醒过你填报`,
  notYet: '还没有填报。', neverFiled: '这一天没有日报，也不再收了。', filedBy: (by, at) => `${by} 填报，${at}`, correct: '更正', people: '人员', supplies: '物资', suppliesHint: '按下班时的数。用掉多少由上次的库存算出来。', other: '其他', kwh: '昨天的用电量（千瓦时）', note: '还要说明的（不要写个人姓名）', same: (day) => `人数和 ${day} 一样`, sameHint: '物资和电表每天要看一眼。', lastTime: (n) => `上次 ${n}`, gatesSaw: (n) => `门岗今天见到 ${n} 人`, addItem: (item) => `加 ${item}`,
  faults: { required: '请填写', above_on_duty: '不能多于在岗人数' }, notWhole: (n) => `还有 ${n} 处没填好，已标出来`, send: '填报', sendCorrected: '提交更正', done: '已填报',
  electricity: {
    open: '导入用电', title: '导入用电量', lead: '供电公司或电表系统的表格：一行一家企业一天，按统一社会信用代码对上。基准是疫情前的日均用电。先试，再导入；同一天再导入就覆盖。', template: '下载模板', file: '表格文件', fileHint: 'XLSX 或 CSV，最多 50,000 行、3 MB', chosen: (name, size) => `${name}（${size}）`, check: '试一试', land: (n) => `导入 ${n} 行`, again: '换一个文件', rows: '行', days: '用电日', baselines: '基准', refused: '退回', tried: '还没有导入，先看结果', landed: '已导入',
    refusedTitle: '退回的行', download: '下载退回的行', line: '行号', column: '列', text: '内容', problem: '原因', columns: { credit_code: '统一社会信用代码', day: '日期', kwh: '用电量', baseline: '基准日用电量' },
    faults: { required: '没有填写', credit_code_form: '不是 18 位代码', credit_code_check: '校验位不对', enterprise_unknown: '没有这家企业，或不在你的范围内', date_form: '日期看不懂', date_future: '日期还没有到', number_form: '不是电表的数字', repeated: '前面已有同一企业同一天' },
  },
  meters: {
    title: '自动上报的电表系统', lead: '供电公司或园区的抄表系统可以自己上报：每个系统一个令牌，只能说自己区域里企业的用电，别的什么也看不到。', none: '还没有电表系统。用电可以先从表格导入。', add: '接入一个系统', name: '系统名称', nameHint: '例如：供电公司用电采集系统', area: '区域', by: '接入人', madeAt: '接入时间', lastSent: '最近上报', never: '还没有上报过', revoked: (at) => `${at} 停用`,
    revoke: '停用', revokeTitle: (name) => `停用“${name}”`, revokeText: '它的令牌立刻失效，不能恢复；已经上报的用电保留。要再用，重新接入一个。', doneRevoked: '已停用', made: '系统已接入', token: '令牌', tokenLead: '只显示这一次，请交给对方的管理员妥善保存。', example: '上报的样子',
  },
};
