import type { VisitorsStrings } from '../visitors';

export const visitors: VisitorsStrings = {
  tabs: { visitors: '访客', coaches: '返岗专车', vehicles: '车辆' },
  title: '访客', count: (n) => `${n} 位访客`, none: '还没有访客', noneHint: '预约后，访客凭访客码进门；当天在手机上申报健康。', add: '预约访客', detail: '访客', saved: '已预约，请把访客码发给访客', lead: '访客只能在预约的日子和时段进门。信息加密保存，访问结束四周后删除。',
  search: '查找', searchHint: '完整的手机号、车牌或访客码', day: '来访日期', today: '今天', inside: '在场', insideOnly: '在场', notInside: '不在场',
  name: '姓名', phone: '手机号', document: '身份证号', documentHint: '可不填。填了，系统才能核对此人是否允许进入。', company: '单位', purpose: '事由', plate: '车牌', plateHint: '开车来的请填，门岗按车牌核对。', from: '首日', until: '末日', untilHint: '不填就是当天；最多 14 天。', start: '每天从', end: '到',
  visitor: '访客', host: '接待人', when: '时段', hours: (from, until, start, end) => (from === until ? `${from} ${start}–${end}` : `${from} 至 ${until} 每天 ${start}–${end}`), declared: '健康申报', notDeclared: '今天还没有申报', arrived: '到达', left: '离开', note: '说明', decided: '处理人',
  state: { requested: '待同意', announced: '已预约', refused: '未同意', cancelled: '已取消' },
  code: '访客码', codeHint: '在门岗出示。持码即可进门，请只发给访客本人。', link: '访客页面', approve: '同意', approveTitle: (name) => `同意 ${name} 来访？`, approveConsequence: '访客可以凭访客码在预约时段进门，先要申报健康。', refuse: '不同意', refuseTitle: (name) => `不同意 ${name} 来访？`, refuseConsequence: '访客码不会生效，接待人会看到原因。', cancel: '取消预约', cancelTitle: (name) => `取消 ${name} 的预约？`, cancelConsequence: '访客码立即失效，门岗会请其联系接待人。', passages: '筛查记录',
  required: '请填写',
  coach: {
    title: '返岗专车', count: (n) => `${n} 辆专车`, none: '还没有专车', noneHint: '新建专车、导入名单、逐个核验后签认，卡口凭专车码快速放行。', add: '新建专车', saved: '专车已新建', search: '完整车牌', detail: '专车',
    carrier: '承运单位', seats: '座位数', seatsHint: '载客不超过一半。', crew: '随车人员', crewHint: '司机和随车员，不算乘客。', fromPlace: '出发地', departs: '出发时间', leader: '领队', leaderPhone: '领队手机', site: '目的地', plate: '车牌',
    state: { planned: '名单未签认', checked: '已签认', arrived: '已到达', cancelled: '已取消' }, aboard: (aboard, passengers) => `上车 ${aboard} / 名单 ${passengers}`, fill: (n) => `最多载客 ${n} 人`, code: '专车码', codeHint: '在卡口出示。',
    manifest: '乘客名单', manifestNone: '名单还是空的', manifestLead: '导入 XLSX 或 CSV：座位号、姓名、身份证号、手机号、用工单位。', template: '下载模板', pick: '选择名单文件', pickHint: 'XLSX 或 CSV，最多 200 行', check: '检查文件', land: (n) => `导入 ${n} 人`, tried: '检查结果', landed: '导入结果', rows: '行数', created: '新增', unchanged: '已有', refused: '退回', again: '换一个文件',
    columns: { seat: '座位号', name: '姓名', document_number: '身份证号', phone: '手机号', company: '用工单位' }, faults: { required: '没有填写，请补上', too_long: '太长，请缩短', document_number_form: '不是 18 位身份证号，请核对证件', document_number_check: '校验位不对，请核对证件', phone_form: '不是手机号，请填 11 位', taken: '座位已有人，请换座位', repeated: '此人已在名单上，请删去一行' },
    seat: '座位', passenger: '乘客', found: '核验', fit: '正常', unfit: '不能乘车', unchecked: '未核验', notAllowed: '当前不能乘车', isAboard: '已上车', stays: '未上车', look: '核验', lookTitle: (seat, name) => `核验 ${seat} 号座 ${name}`, temperature: '体温（℃）', symptoms: '14 天内有发热、咳嗽、气促或不明乏力', affected: '14 天内到过疫情重点地区', contact: '14 天内接触过确诊或疑似病例', goesAboard: '已上车', remove: '移除', removeTitle: (seat) => `从名单移除 ${seat} 号座？`, removeConsequence: '此人的信息立即删除。', admitted: '卡口已核验',
    sign: '签认名单', signTitle: '签认这份名单？', signConsequence: (n) => `车上 ${n} 人都已核验、都能乘车。签认后名单不再改动，24 小时内卡口可整车快速放行。`, reopen: '重新打开', reopenTitle: '重新打开名单？', reopenConsequence: '原来的签认作废，改完要再签认。', arrive: '到达交接', arriveTitle: '交接给用工单位？', arriveConsequence: '乘客已当面交给用工单位，专车码作废。', receivedBy: '接收人', cancel: '取消专车', cancelTitle: '取消这辆专车？', cancelConsequence: '专车码立即作废，卡口不再放行。', checkedBy: (name, at) => `${name} ${at}`, ended: '结束',
    faultWords: { manifest_unchecked: '名单没有签认', manifest_old: '签认已超过 24 小时', coach_ended: '专车已到达或已取消', plate_differs: '车牌不一致', heads_differ: '人数不一致', passenger_not_allowed: '有乘客当前不能乘车', response_ended: '没有生效的应急响应' },
  },
  vehicle: {
    title: '车辆', count: (n) => `${n} 次过门`, none: '还没有车辆记录', noneHint: '门岗登记的车辆会出现在这里。', plate: '车牌', basis: { visitor: '访客预约', coach: '返岗专车', unannounced: '没有预约' }, basisTitle: '依据', outcome: { admitted: '放行', turned_away: '劝返' }, outcomeTitle: '结果', quick: '整车快速通过', occupants: '车上人数', by: '登记人', at: '时间', gate: '门岗', note: '说明',
  },
};
