import type { ShiftPlanStrings } from '../shifts';

export const shiftPlan: ShiftPlanStrings = {
  title: '错峰方案', lead: '按人数、门和食堂算出各班组的上班时间：排队不超过限定时间，不同班组碰面最少。', states: { draft: '未计算', waiting: '等待计算', solving: '计算中', solved: '已算好', impossible: '无法满足', not_found: '没有找到', stopped: '已停止' }, progress: (percent) => `计算中 ${percent}%`, givens: '填写', teams: '班组', gates: '门', limits: '限制',
  team: '班组', post: '岗位', people: '人数', earliest: '最早上班', latest: '最晚上班', work: '在岗（分）', breakLength: '就餐（分）', breakFrom: '就餐最早（上班后分）', breakUntil: '就餐最晚（上班后分）', usesGates: '可走的门', together: '不能分开的班组', allGates: '所有的门',
  addTeam: '添加班组', remove: (name) => `删除 ${name}`, paste: '从表格粘贴', pasteHint: '每行一个班组：班组、岗位、人数、最早上班、最晚上班，用制表符分开。', pasteTake: '采用', pasted: (n) => `已采用 ${n} 个班组`,
  gate: '门', way: '方向', ways: { in: '进', out: '出', both: '进出' }, lanes: '通道', perMinute: '每通道每分钟人数', addGate: '添加门',
  slot: '时间格（分）', days: '哪些天', gateWait: '门口最长等候（分）', arrival: '到达分散在（分）', leaving: '离开分散在（分）', changing: '更衣（分）', canteen: '在食堂就餐', seats: '座位', counter: '窗口每分钟人数', counterWait: '窗口最长等候（分）', minutes: '分',
  save: '保存', saved: '已保存', run: '计算', stop: '停止计算', reload: '重新读取', unsaved: '有改动未保存', noTeams: '还没有班组。添加班组，或从表格粘贴。',
  result: '结果', noResult: '计算之后，这里显示各班组的时间。', start: '上班', end: '下班', pause: '就餐', earlier: (team) => `${team} 提前一格`, later: (team) => `${team} 推后一格`, keepStarts: '保存调整', dropStarts: '放弃调整', changed: (n) => `${n} 个班组已调整`, startOf: (team) => `${team} 的上班时间`, byHand: '手工调整过', outside: '不在填写的时间内', dragHint: '拖动横条可移动班组，Esc 取消。',
  queueOf: (gate) => `${gate}排队`, queueCounter: '食堂窗口排队', planned: '本方案', eight: '全员八点', queueLabel: (gate, planned, eight) => `${gate}：本方案最长 ${planned} 人，全员八点最长 ${eight} 人`, limit: (people) => `限 ${people} 人`,
  figure: '指标', figures: '与全员八点比较', longest: '最长等候', mean: '门口平均等候', p95: '二十人中十九人不超过', peak: '最长队伍', mixed: '与外组同处', pairs: '与外组同处（成对）', strangers: '同处最多外组人数', canteenPeak: '食堂最多人数', overflow: '食堂无座', broken: '超限', holds: '在限内', unit: { min: '分', people: '人', personMin: '人·分', pairMin: '对·分' },
  proved: '已证明没有更好的方案。', bound: (bound, found) => `任何方案至少有 ${bound} 对·分，本方案 ${found}；没有证明最好。`, cutOff: '求解到限为止。', took: (seconds) => `用时 ${seconds} 秒`,
  hindrances: '不能满足', nothingFound: '在限定时间内没有找到能满足的方案，但没有证明不存在。下面是最接近的一个。',
  whoMore: (names, n) => `${names}等 ${n} 个班组`,
  hindrance: {
    no_common_time: (who) => `${who} 不能分开，但没有共同的时间。请改上班时间或就餐时间。`,
    together: '每一条单独都能满足，合在一起不能。请放宽上班时间、加通道、加座位，或放宽等候。',
    seats: (span, who, people, capacity, enough) => `${span}，${who} 共 ${people} 人就餐，座位 ${capacity} 个不够。要 ${enough} 个座位，或放宽就餐时间。`,
    counter: (span, who, people, capacity, needed, given, enough) => `食堂窗口每分钟 ${capacity} 人；${span}，${who} 共 ${people} 人需要 ${needed} 分钟，只有 ${given} 分钟。请分开就餐，或每分钟 ${enough} 人。`,
    gate: (gate, span, who, people, capacity, needed, given, enough) => `${gate}每分钟 ${capacity} 人；${span}，${who} 共 ${people} 人需要 ${needed} 分钟，只有 ${given} 分钟（含允许的等候）。请放宽时间，或开 ${enough} 条通道。`,
  },
  enforce: '执行', enforceTitle: '执行这个方案', enforceText: (windows) => `花名册上属于这些班组的人，从现在起按方案的时间进门；不在时间内的，门口提示“不在这个班次”。共 ${windows} 个班次。其他人不受影响。`, enforceBroken: '这个方案有超限的地方。', enforced: '方案已执行', inForce: (by, at) => `${at} 由 ${by} 执行`, notInForce: '没有执行中的方案', older: '执行中的是较早的时间。', withdraw: '停止执行', withdrawTitle: '停止执行', withdrawText: '班组的班次取消；场所原有的其他班次照旧。', withdrawn: '已停止执行',
  xlsx: '下载 XLSX', csv: '下载 CSV', toSite: '场所',
};
