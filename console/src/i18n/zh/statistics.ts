import type { StatisticsStrings } from '../statistics';

export const statistics: StatisticsStrings = {
  title: '统计', asOf: (at) => `截至 ${at}`, notYet: '还没有统计数', notYetHint: '平台每分钟汇总一次；头一次汇总完就会出现在这里。', period: (from, until) => `${from} 至 ${until}`,
  area: '区域', industry: '行业', size: '规模', from: '从', until: '到', day: '日期', by: '分组', dimensions: { area: '区域', industry: '行业', size: '规模', day: '日期' },
  sections: {
    A: '农、林、牧、渔业', B: '采矿业', C: '制造业', D: '电力、热力、燃气及水生产和供应业', E: '建筑业', F: '批发和零售业', G: '交通运输、仓储和邮政业', H: '住宿和餐饮业', I: '信息传输、软件和信息技术服务业', J: '金融业',
    K: '房地产业', L: '租赁和商务服务业', M: '科学研究和技术服务业', N: '水利、环境和公共设施管理业', O: '居民服务、修理和其他服务业', P: '教育', Q: '卫生和社会工作', R: '文化、体育和娱乐业', S: '公共管理、社会保障和社会组织', T: '国际组织',
  }, wider: '回上一级',
  figure: {
    open_rate: '企业复工率', headcount_rate: '复工企业人员占比', on_duty_rate: '到岗率', electricity_index: '用电指数', completeness: '日报报送率', abnormal: '健康异常', isolated: '隔离人数', from_affected: '来自疫区', begun: '已开始', submitted: '已提交', returned: '退回过',
    inspected: '已验收', approved: '已批准', filed: '已备案', rejected: '未批准', reply_time: '首次受理', decision_time: '作出决定', stock: '库存', received: '进货', used: '消耗',
  },
  explained: {
    open_rate: '至少有一个场所已开放的企业，除以登记的全部企业。当天的数随时更新；一天过去后按当天最后一次汇总固定下来。', headcount_rate: '已复工企业的在册人数，除以全部企业的在册人数。在册按花名册计，不是当天到岗的人。', on_duty_rate: '日报里的在岗人数，除以日报里的计划到岗人数；只算已报的。', electricity_index: '当天用电量，除以疫情前日均用电量；只算两个数都有的企业。电表的数优先，其次是导入的，最后是日报填的。',
    completeness: '当天已报的日报份数，除以应报份数。有已开放场所（工地除外）的企业一份，每个已开放工地一份。补报的算进它所报的那一天。', abnormal: '当天日报里发热、咳嗽或有其他症状的人数之和。', isolated: '当天日报里正在隔离的人数之和。', from_affected: '当天日报里在岗、14 天内来自或途经疫区的人数之和。',
    begun: '这段时间里新建的申请，包括还没提交的草稿。', submitted: '第一次提交在这段时间里的申请。退回后再提交，仍算第一次提交的那天。', returned: '其中至少被退回过一次的。', inspected: '其中至少有过一次现场或视频验收的。', approved: '其中至今已批准的，后来暂停或撤销的也算。', filed: '其中按规则自动备案、没有审核的。', rejected: '其中至今未获批准的决定。',
    reply_time: '从第一次提交到有人领取、退回、安排验收或作出决定。不足一小时按一小时算；按时指 24 小时内。', decision_time: '从第一次提交到批准或不批准。按时指两个工作日内，工作日按现行办法的日历；自动备案的不算。', stock: '当天日报里的库存之和。', received: '当天日报里的进货之和。', used: '当天日报里的消耗之和；头一次报的物资没有消耗数。',
  },
  source: { sites: '场所的开放状态', employments: '花名册', reports: '日报', electricity: '电表、导入和日报', applications: '复工申请的办理记录', supplies: '日报里的物资' }, explain: (figure) => `${figure}：怎么算的`, from_: (source) => `数据来自${source}`, percent: (share) => `${share}%`,
  ofEnterprises: (open, all) => `${all} 家企业中 ${open} 家`, ofPeople: (open, all) => `${all} 人中 ${open} 人`, ofReports: (filed, due) => `应报 ${due} 份，已报 ${filed} 份`, ofMeters: (kwh, baseline) => `${kwh} / ${baseline} 千瓦时`,
  trend: (figure, from, until) => `${figure}，${from} 至 ${until}`, trendTitle: '每日走势',
  table: '明细', enterprises: '企业', people: '在册', reports: '日报', ofDay: (day) => `${day} 的数`, more: (n) => `只显示前 ${n} 行，全部在导出里`, noRows: '这个范围里没有企业。',
  funnel: '复工申请', funnelLead: '按第一次提交的日期算；点数字看清单。', funnelChart: (from, to) => `从 ${from} 件申请到 ${to} 件批准或备案`, stage: '环节', number: '件数', share: '占已提交', times: '办理时间', served: '已办', inTime: '按时', median: '中位数', p90: '九成在', hours: (n) => `${n} 小时内`, replyLimit: '24 小时内', decisionLimit: '两个工作日内',
  supplies: '防疫物资', item: '物资', noSupplies: '这一天还没有日报提到物资。', named: '报送单位',
  export: '导出', exportLead: '按现在的筛选，每行一个区域、行业、规模和日期，不限行数。', format: '格式', formats: { csv: 'CSV', xlsx: 'XLSX（超出一张表接着写下一张）', parquet: 'Parquet' }, start: '开始导出', rows: (done, total) => `${done} / ${total} 行`, states: { waiting: '正在开始', running: '正在导出', done: '已完成', failed: '中断了，请再导一次' }, size_: (size) => `文件 ${size}`, checksum: '校验和 SHA-256', again: '再导一份', rowsChanged: '导出时行数有变化：以文件为准。',
};
