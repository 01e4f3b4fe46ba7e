import type { ReasonText, ReasonTexts, VerdictWords } from './reasons';

const notAllowed = (): ReasonText => ({ what: '现在不可进入', next: '本人手机上有说明', hint: '门岗看不到原因，也不要追问' });

export const reasonsZh: ReasonTexts = {
  not_on_roster: () => ({ what: '不在本场所名册', next: '请联系企业专管员' }),
  site_not_open: () => ({ what: '本场所还没批准复工', next: '请联系企业专管员', said: '本场所还没批准复工' }),
  gate_closed: () => ({ what: '这个门现在关闭', next: '请走别的门' }),
  outside_shift: () => ({ what: '不在这个班次', next: '请班组长来确认' }),
  pass_missing: () => ({ what: '没有通行码', next: '请在手机上打开通行码' }),
  pass_expired: () => ({ what: '通行码到期了', next: '请在手机上换新码' }),
  pass_revoked: () => ({ what: '通行码已停用', next: '请联系企业专管员' }),
  pass_unverifiable: () => ({ what: '通行码验不了', next: '请出示证件' }),
  status_red: notAllowed,
  status_amber: notAllowed,
  status_unknown: notAllowed,
  quarantine_active: notAllowed,
  restricted_match: notAllowed,
  test_overdue: notAllowed,
  not_allowed: notAllowed,
  training_missing: () => ({ what: '培训还没学完', next: '请在手机上学完再来' }),
  declaration_overdue: () => ({ what: '今天还没申报', next: '请在手机上填，约 20 秒' }),
  fever_suspected: ({ temperature }) => ({ what: temperature ? `${temperature} ℃` : '体温偏高', next: '请到旁边用体温计复测' }),
  fever_possible: ({ temperature }) => ({ what: temperature ? `${temperature} ℃` : '体温偏高', next: '请等一分钟再测' }),
  temperature_unmeasured: ({ byHand }) => ({
    what: '没测到体温',
    next: byHand ? '请用体温枪测一次' : '站到黄线上看镜头',
  }),
  temperature_unreliable: ({ byHand }) => ({
    what: '体温没测准',
    next: byHand ? '请用体温枪再测一次' : '站到黄线上再测一次',
  }),
  mask_missing: ({ byHand }) => ({
    what: '没戴口罩',
    next: '戴好，再走一次',
    hint: byHand ? '戴好后再录一次' : '不用退出队伍，镜头会自动再看',
  }),
  mask_worn_wrong: ({ byHand }) => ({
    what: '口罩要盖住鼻子',
    next: '拉好，再走一次',
    hint: byHand ? '拉好后再录一次' : '不用退出队伍，镜头会自动再看',
  }),
  mask_unknown: () => ({ what: '口罩没看清', next: '请看一眼口罩' }),
  face_no_match: () => ({ what: '人脸没对上', next: '请出示通行码或证件' }),
  face_uncertain: () => ({ what: '人脸没看清', next: '摘下帽子，看镜头' }),
  spoof_suspected: () => ({ what: '镜头前不像本人', next: '请出示证件' }),
  identity_conflict: () => ({ what: '号码对上了两个人', next: '请出示证件核对' }),
  visitor_unannounced: () => ({ what: '访客没有预约', next: '请联系接待人' }),
  roster_stale: () => ({ what: '名单过期了', next: '请手工核对证件', hint: '每个人都要记下来' }),
  clock_untrusted: () => ({ what: '时间对不上', next: '请手工核对证件' }),
  device_untrusted: () => ({ what: '这台终端没通过核对', next: '请手工核对证件' }),
  response_ended: () => ({ what: '应急响应已结束', next: '请联系场所负责人' }),
  clinical_cleared: () => ({ what: '体温计读数正常', next: '请进' }),
  fever_confirmed: ({ temperature }) => ({
    what: temperature ? `体温计复测 ${temperature} ℃` : '体温计复测偏高',
    next: '请在旁边等负责人',
    hint: '不要让本人自己离开',
  }),
};

export const wordsZh: VerdictWords = {
  word: { admit: '放行', correct: '请戴口罩', recheck: '请复测', hold: '待核', deny: '禁止进入' },
  listWord: { admit: '放行', correct: '请戴口罩', recheck: '请复测', hold: '待核', deny: '禁止进入' },
  admitOutWord: '放行',
  saidIn: '放行。请进',
  saidOut: '放行。请出',
  admitNext: { in: '请进', out: '请出' },
  overridden: {
    admit: { what: '主管已改判', next: '请进' },
    deny: { what: '主管已改判', next: '请联系企业专管员' },
  },
  noReason: { what: '没有说明原因', next: '请联系场所负责人' },
  againstVerdict: { what: '终端放行了待核人员', next: '请先找到这个人，再处理' },
  mask: { worn: '戴好了', missing: '没戴', worn_wrong: '没戴好', unknown: '没看清' },
  sentence: (word, what, next) => `${word}。${what}，${next}`,
  pair: (first, second) => `${first}。${second}`,
};
