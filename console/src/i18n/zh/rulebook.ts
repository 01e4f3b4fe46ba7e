import type { RulebookStrings } from '../rulebook';

export const rulebook: RulebookStrings = {
  title: '复工办法', lead: '复工申请怎样办：谁审核、要不要审批、几天办完。每次修改都是新版本，已办结的不受影响。', byProgram: '平台自带', tabs: { reading: '内容', changes: '修改内容' }, views: { book: '办法', reviewers: '部门和审核人' }, viewsOf: '复工办法的页面',
  followed: (at) => `在办的申请已于 ${at} 转好`, notFollowed: '正在转在办的申请', withdrawn: '已撤回', waits: '待生效', newVersion: '出新版本', goOn: '接着改草稿',
  waitingTitle: (version) => `第 ${version} 版待生效`, waitingText: (at) => `${at} 起生效；在那之前按现行版本办。`, left: (days, clock) => (days > 0 ? `${days} 天 ${clock}` : clock), leftLabel: '离生效还有', look: '看这一版', withdraw: '撤回', withdrawTitle: (version) => `撤回第 ${version} 版`, withdrawText: (at) => `这一版不会在 ${at} 生效，现行版本继续有效，在办的申请都不变。撤回后不能恢复，要用只能重新发布。`, withdrew: (version) => `第 ${version} 版已撤回`, withdrawnBy: (who, at) => `${who} 于 ${at} 撤回`,
  lists: { regimes: '办理方式', routes: '审核路线', departments: '部门', categories: '白名单类别', days: '休息日' },
  leads: { regimes: '从上往下看，第一条符合的算数。', routes: '从上往下看，第一条符合的算数；最后一条给其余所有企业。', departments: '参与审核的部门。谁在哪个部门，见“部门和审核人”。', categories: '分批先行复工的类别。', days: '决定期限按工作日算。' },
  none: { regimes: '没有单独规定：所有申请都要审批。', departments: '没有部门：任何审核人都能领取。', categories: '没有白名单类别。', holidays: '没有另外的休息日', workdays: '没有调休上班' },
  regimeSays: { approval: '要审批：审核通过才能复工', filing: '备案：签字提交就能复工，事后查', closed: '暂不受理：填好也不能提交' },
  runningSays: { stay: { approval: '在办的照原来的方式办完', filing: '在办的照原来的方式办完', closed: '在办的照原来的方式办完' }, follow: { approval: '在办的照原来的方式办完', filing: '在办的同时转为备案，场所开门', closed: '在办的同时退还企业' } }, otherwise: '其余申请', why: '理由', underWay: '在办的',
  everybody: '所有企业', group: { industries: (what) => `行业属于 ${what}`, sizes: (what) => `规模属于${what}`, risks: (what) => `区域是${what}`, areas: (what) => `在${what}`, and: '，并且', or: '、' },
  leadNone: '任何审核人', opinionsNone: '不征求', visits: { yes: '批准前要现场验收', no: '不用现场验收' }, hours: (n) => `${n} 小时内`, workingDays: (n) => `${n} 个工作日内`, weekends: '周六、周日休息。', holidays: '另外休息', workdays: '调休上班', days: (n) => `${n} 天`,
  parts: { name: '名称', group: '给谁', regime: '办理方式', running: '在办的', reason: '理由', lead: '牵头部门', opinions: '征求意见', visit: '现场验收', reply_hours: '领取期限', opinion_hours: '意见期限', decision_working_days: '决定期限', order: '次序' },
  added: { departments: (what) => `新增部门“${what}”`, categories: (what) => `新增白名单类别“${what}”`, regimes: (what) => `新增办理方式：${what}`, routes: (what) => `新增审核路线“${what}”` },
  removed: { departments: (what) => `删除部门“${what}”`, categories: (what) => `删除白名单类别“${what}”`, regimes: (what) => `删除办理方式：${what}`, routes: (what) => `删除审核路线“${what}”` },
  changed: { departments: (what) => `修改部门“${what}”`, categories: (what) => `修改白名单类别“${what}”`, regimes: (what) => `修改办理方式：${what}`, routes: (what) => `修改审核路线“${what}”` }, daysChanged: { holidays: '修改休息日', workdays: '修改调休上班' }, daysAdded: '加上', daysRemoved: '去掉',
  mine: '我所在的部门', mineNone: '你还不在任何部门，只能领取没有牵头部门的申请。',
  edit: {
    title: '新版本', from: (version) => `从第 ${version} 版改起`, outline: '办法目录', panes: { outline: '目录', edit: '编辑', preview: '试算' }, add: { departments: '新增部门', categories: '新增类别', regimes: '新增办理方式', routes: '新增路线' }, keyHint: '系统里用的名字，企业看不到。小写字母开头，只用小写字母、数字和下划线。', name: '名称', reason: '理由', reasonHint: '企业看得到。', regime: '办理方式', running: '已经在办的申请', runnings: { stay: '照原来的方式办完', follow: '一起转' }, runningHint: { approval: '改为审批时，在办的都照原来的方式办完。', filing: '选“一起转”，生效那一刻在办的都转为备案，场所马上开门。', closed: '选“一起转”，生效那一刻在办的都退还企业。' },
    group: '给谁', groupHint: '几样都填的，要都符合；空着的不限。', lastHint: '最后一条给其余所有企业，不能限定。', industries: '行业', industriesHint: 'GB/T 4754 代码开头，例如 C 或 C39', industryRule: '应为一个字母 A–T，后面最多四位数字', sizes: '规模', risks: '区域风险', areas: '区域', anyone: '不限', lead: '牵头部门', opinions: '批准前征求哪些部门的意见', visit: '批准前要现场验收', visitLabel: '现场验收', replyHours: '领取期限（小时）', opinionHours: '意见期限（小时）', decisionDays: '决定期限（工作日）',
    daysHint: '周六、周日本来就休息，不用填。', addDay: '加上', day: '日期', addDays: { holidays: '加一个休息日', workdays: '加一个上班的周末' }, dropDay: (day) => `去掉 ${day}`, removeText: '从草稿里删除。', removeUses: '这些路线用到它，会一起改：', usedLead: (route) => `“${route}”不再由它牵头`, usedOpinion: (route) => `“${route}”不再征求它的意见`, kinds: { departments: '部门', categories: '白名单类别', regimes: '办理方式', routes: '审核路线', days: '休息日' },
    pendingTitle: (version) => `第 ${version} 版还没生效`, pendingText: '一次只能有一版待生效。要发布新的，先撤回它。', toPending: '去看待生效的版本',
  },
  faults: {
    key: '代码要以小写字母开头，只用小写字母、数字和下划线，最多 40 个', key_twice: '和别的重复了，请改一个', unknown: '没有这个部门，请另选', group: '行业代码、规模或区域不对，请重选', open: '最后一条要给所有企业：请清空限定，或把它往上移', limit: '期限不对：小时 1 到 240，工作日 1 到 30', day: '日期不对，或者重复了', empty: '请填写', long: (most) => `最多 ${most} 字，请缩短`,
    size: { departments: '部门最多 100 个', categories: '类别最多 100 个', regimes: '办理方式最多 100 条', routes: '审核路线要有 1 到 100 条', days: '休息日最多 366 个' }, unreached: { regimes: '用不上：前面有一条已给所有企业。请把它往上移，或删除', routes: '没有限定的路线只能放在最后。请限定给谁' },
  },
  tries: {
    title: '试算', lead: '发布前先看会改变什么；试算不保存任何东西。', effects: '对在办申请的影响', effectsHint: '只算你管辖范围内的。', waits: '还有要改的地方，改好后才能试算。', nobody: '现在没有在办的申请。', sum: { stay: '不变', filed: '转备案', sent_back: '退还' }, area: '区域', areaHint: '不选就是全区', differs: '这样的企业，办法变了：', sameFor: '这样的企业，办法不变：', route: '审核路线', underWay: '在办的申请',
    becomes: { stays: '照原来的方式办完', filed: '转为备案，场所马上开门', sentBack: '退还企业' }, changes: '和现行版本比', nothing: '和现行版本一样。',
  },
  publish: { title: '发布复工办法的新版本', text: '生效以后提交的申请都按它办。已办结的不变。', when: '什么时候生效', now: '现在', later: '以后', at: '生效时间', atRule: '请选生效时间', past: '这个时间已经过了，请选以后的', noteHint: '企业和审核人看得到修改说明。', filed: (n) => `生效那一刻，在办的 ${n} 份申请转为备案，场所马上开门，不再审核。`, sentBack: (n) => `生效那一刻，在办的 ${n} 份申请退还企业，要等重新受理后再提交。`, stay: (n) => `在办的另有 ${n} 份照原来的方式办完。`, ofNow: '数字是现在的；到生效时按那时在办的算。', laterHint: '生效前可以撤回。', published: (version) => `第 ${version} 版已生效`, planned: (version, at) => `第 ${version} 版将在 ${at} 生效` },
  reviewers: { lead: '审核人只能领取本部门牵头的申请，只能替本部门给意见。不在任何部门的，只能领取没有牵头部门的申请。', count: (n) => `${n} 位审核人`, nowhere: '不在任何部门', nowhereHint: '只领取没有牵头部门的申请', set: '设定部门', setTitle: (name) => `设定${name}的部门`, setText: '马上生效。已经领取的申请不变。', setOf: (name) => `设定部门：${name}`, choose: '所在部门', done: (name) => `${name}的部门已设定`, gone: (key) => `${key}（现行办法里没有）`, disabled: '已停用', empty: '还没有审核人', emptyHint: '在“账号”里建审核人的账号，再到这里设定部门。', byDepartment: '各部门的审核人', nobody: '还没有审核人', more: '更多审核人', noDepartments: '现行办法里没有部门。先在办法里新增部门。' },
};
