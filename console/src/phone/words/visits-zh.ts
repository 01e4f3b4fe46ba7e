import type { VisitsWords } from './visits';

export const visitsZh: VisitsWords = {
  title: '我的访客', lead: '为来访的人预约，单位同意后访客码生效。访客信息加密保存，访问结束四周后删除。', none: '还没有预约过访客', add: '预约访客', site: '来访地点', name: '访客姓名', phone: '访客手机号', company: '单位', purpose: '事由', plate: '车牌', plateHint: '开车来的请填', on: '来访日期', start: '从', end: '到', document: '身份证号', documentHint: '可不填。填了，系统才能核对此人是否允许进入', send: '提交',
  state: { requested: '待单位同意', announced: '已同意', refused: '未同意', cancelled: '已取消' }, hours: (from, until, start, end) => (from === until ? `${from} ${start}–${end}` : `${from} 至 ${until} ${start}–${end}`), waitsFor: '单位同意后访客码才生效', code: '访客码', share: '复制给访客', copied: '已复制，请发给访客', shareText: (site, link) => `请在来访当天打开，申报健康后凭码进入${site}：${link}`, show: '访客码', cancel: '取消预约', cancelSure: '取消后访客码立即失效。', came: '已到达', note: (text) => `说明：${text}`,
  mine: {
    title: '来访', ask: '访客码', askHint: 'V 开头，12 位，接待人会发给你', find: '打开', at: (site) => `来访 ${site}`, host: (name) => `接待人 ${name}`, declare: '今天的健康申报', lead: '14 天内，你有没有：', symptoms: '发热、咳嗽、气促，或不明原因的乏力', affected: '到过疫情重点地区，或从那里经过', contact: '接触过确诊或疑似病例', yes: '有', no: '没有', agrees: '同意为追踪接触者保存我的姓名、手机号和申报，四周后删除', send: '提交', needed: '三项都要回答，并同意保存',
    fit: '可以来访', fitHint: '在门岗出示下面的码，并测体温。', unfit: '今天请不要来', unfitHint: '按你的申报，今天不能进入。身体不适请就医，并告诉接待人。', pending: '等待单位同意', pendingHint: '同意后这张码才生效，请联系接待人。', ended: '这次来访已失效', endedHint: '已取消、未同意或已过期。需要时请接待人重新预约。', label: '访客码', early: '请在来访当天申报',
  },
};
