import { visitsZh } from './visits-zh';
import type { PhoneWords } from './index';
import { reopeningZh } from './reopening-zh';
import { trainingZh } from './training-zh';

export const wordsZh: PhoneWords = {
  visits: visitsZh,
  back: '返回', tabs: '主要页面', waiting: '正在读取', again: '再试一次', more: '再看一些', close: '关闭', cancel: '取消',
  offline: { title: '连不上服务器', hint: '请看看网络，再试一次。已填的还在。' },
  signIn: {
    title: '打开我的档案', lead: '用档案里登记的手机号。', ended: '登录已结束。请再登录一次。', phone: '手机号', phoneHint: '单位为你登记的号码', send: '发验证码', sent: (phone) => `如果 ${phone} 在档案里，验证码已发出，5 分钟内有效。`,
    code: '六位验证码', tail: '证件号最后四位', tailHint: '身份证、护照或通行证，有字母也算一位', submit: '登录', resend: (seconds) => (seconds > 0 ? `${seconds} 秒后可再发` : '再发一次'),
    another: '换一个手机号', slip: '我有激活码', slipLead: '激活码写在单位给你的纸条上，只能用一次。', slipCode: '激活码', byPhone: '改用手机号', wrong: '验证码或证件号不对，或已过期。请核对，或再发一次验证码。',
    officer: '我是专员，去验收', demo: '演示：这条短信本来会发到手机', privacy: '只有你能从这里看到你的档案。谁看过、为什么看，你都看得到。',
  },
  today: { tab: '今天', morning: '早上好', day: '你好', evening: '晚上好', greeting: (part, name) => `${part}，${name}` },
  declare: {
    today: '今天的健康申报', done: (at) => `今天 ${at} 已申报`, again: '再报一次', last: (what) => `上次填的：${what}`, first: '第一次要完整填写，大约一分钟。', fullToday: '今天请完整填写一次。每隔一段时间会抽到。', same: '与上次相同', changed: '有变化', fill: '填写申报', well: '没有不适', contactYes: '接触过病人', contactNo: '没接触病人', familyYes: '同住的人不适', been: (where) => `到过 ${where}`, stayed: '没外出',
    waiting: (at) => `${at} 的申报等着送出`, waitingHint: '连上网络后自动送出，只送一次。', refused: '没能送出', discard: '不送了', title: '健康申报', lead: '共 6 项。边填边存，断网也不会丢。', symptoms: '1　今天有没有不适', symptomsHint: '没有就都不选', contact: '2　14 天内接触过病人或疑似病人', family: '3　同住的人有没有不适', yes: '有', no: '没有', temperature: '4　今天自己量的体温（可不填）',
    places: '5　14 天内到过哪里', placesHint: '除了住处和上班的地方。没有就不用加。', placeNo: (n) => `第 ${n} 处`, place: '省、市、区县', placeHint: '例如：某省某市某区', from: '从哪天', until: '到哪天', affected: '那里当时是疫区', addPlace: '加一处', remove: '删掉',
    legs: '6　怎么去、怎么回', legsHint: '飞机、火车、客车、轮船、汽车，每一程加一条。', legNo: (n) => `第 ${n} 程`, kind: '交通工具', number: { flight: '航班号', train: '车次', coach: '班次', ship: '船次', car: '车牌号' }, on: '出发日期', legFrom: '从哪里', legTo: '到哪里', carriage: '车厢', seat: '座位', addLeg: '加一程',
    submit: '提交申报', needed: '请填写', future: '不能晚于今天', order: '不能早于开始的那天', all: '我的申报', none: '还没有申报', noneHint: '每天一次；没有变化，点一下就行。', by: (name) => `${name} 代录`, unsent: (n) => `还有 ${n} 份没送出。退出会丢掉它们。`,
  },
  appeals: { title: '申诉', lead: '觉得颜色不对，从这里说。24 小时内答复，由没参与决定的人来答复。', ask: '提出申诉', words: '哪里不对', wordsHint: '例如：那天我没有去过那里', none: '没有申诉', states: { open: '待答复', granted: '已更正', refused: '维持', withdrawn: '已撤回' }, due: (at) => `${at} 前答复`, late: '已超过 24 小时，已上报' },
  rules: { title: '颜色怎么来的', why: '为什么是这个颜色', version: (n, since) => `第 ${n} 版${since ? `，${since} 起` : ''}` },
  measure: { title: '今天的体温', due: '还没记', none: '还没有记录。上午、下午各量一次。', record: '记体温', value: '体温（℃）', hint: '例如 36.5', range: '体温应在 30 到 45 ℃ 之间，例如 36.5', submit: '记下' },
  status: { title: '我的状态', until: (at) => `到 ${at}`, closed: '健康部分没有打开', closedHint: '你是用激活码登录的。证实档案里的手机是你的，就能看到状态、原因和完整证件号。', prove: '证实手机', asOf: (at) => `${at} 算出` },
  pass: {
    title: '通行码', hint: '进门时打开，给门岗扫', closed: '先证实这部手机是你的，才能打开通行码。', label: (until) => `通行码，有效到 ${until}`, until: (at) => `有效到 ${at}`, over: '通行码已到期', overHint: (at) => `${at} 到期。连上网络，换成新的。`, renew: '换新码',
    notKept: '这部手机里没有通行码', notKeptHint: '连上网络打开一次，以后断网也能用。',
    lost: '这部手机上的密钥没有了，出示不了。连上网络，解除绑定或重新绑定', bind: '只在这部手机上有效', bindHint: '打开后，码每隔几秒换一次，截图和别的手机都不能用。换手机时再改绑。', bound: '已绑定这部手机，码会自己换', free: '解除绑定', take: '改绑到这部手机', bindFailed: '这部手机现在绑定不了，请重试',
    none: {
      not_allowed: { title: '现在不可进入，请看状态', hint: '状态变了，再打开这里就有通行码。' },
      response_inactive: { title: '现在不用通行码', hint: '没有进行中的应急响应。' },
      not_employed: { title: '现在没有用工', hint: '单位登记用工以后，才有通行码。' },
      bound_elsewhere: { title: '通行码绑在另一部手机上', hint: '用那部手机出示；或改绑到这部手机，原来的就不能用了。' },
    },
    toStatus: '看我的状态',
  },
  prove: { title: '证实手机', lead: '验证码会发到档案里的手机。', send: '发验证码', code: '六位验证码', submit: '证实' },
  looks: {
    title: '谁看过我的档案', count: (n) => `${n} 次`, none: '还没有人看过', noneHint: '谁看过、谁改过，都会列在这里。', lead: '系统记下每一次查看和更改，谁也不能关掉。',
    act: {
      'person.read': '看了档案', 'person.facts_read': '看了时间线', 'person.listed': '名单里看到你', 'person.searched': '查找到你', 'person.revealed': '看了原文', 'project.exported': '导出了工地实名名单', 'person.registered': '建了档案',
      'person.corrected': '更正了资料', 'person.attested': '录了健康申报', 'person.cleared': '排除了发热', 'person.merged': '合并了档案', 'person.told_apart': '标明不是同一人',
      'person.duplicate_undone': '撤销了重复判断', 'person.duplicates_listed': '查了可能重复', 'person.employed': '加了用工', 'person.left': '记了离职', 'employment.changed': '改了用工',
      'people.import': '导入了名册', 'screening.listed': '列出了筛查', 'screening.read': '看了一次筛查', 'screening.entered': '人工录了筛查', 'screening.overridden': '改了筛查结论', 'screening.clinical': '录了体温计读数',
      'roster.given': '名单给了门岗', 'alarm.read': '看了告警', 'alarm.changed': '处置了告警', 'person.declared': '代录了申报', 'person.measured': '代记了体温', 'person.declarations_read': '看了申报', 'person.reminded': '提醒了你', 'worker.declared': '申报', 'worker.measured': '记了体温', 'red_order.ordered': '提出定红', 'red_order.confirmed': '确认定红', 'red_order.rejected': '没同意定红', 'red_order.lifted': '解除了红色', 'red_orders.listed': '列出了定红', 'appeal.asked': '申诉', 'appeal.withdrawn': '撤回了申诉', 'appeal.read': '看了申诉', 'appeal.decided': '答复了申诉', 'appeals.listed': '列出了申诉', 'status_rules.simulated': '试算规则时看到你', 'worker.signed_in': '登录', 'worker.signed_out': '退出', 'worker.exported': '导出了档案',
      'worker.activation_made': '发了激活码', 'pass.printed': '打印了通行码', 'pass.issued': '开了通行码', 'pass.held': '暂停了通行码', 'pass.released': '恢复了通行码', 'pass.revoked': '收回了通行码', 'training.passed': '通过了培训', 'training.recorded': '登记了现场培训', 'training.read': '看了培训证书', 'certificate.revoked': '收回了培训证书', 'certificate.printed': '打印了培训证书', 'home.recorded': '登记了住处', 'home.left': '把住处标为已搬走', 'home.listed': '看了住处', 'consent.given': '同意了授权', 'consent.refused': '没有同意授权', 'consent.withdrawn': '撤回了授权', 'correction.asked': '要求更正', 'correction.withdrawn': '撤回了更正', 'correction.read': '看了更正要求', 'correction.accepted': '同意了更正', 'correction.refused': '没有同意更正', 'corrections.listed': '列出了更正要求',
    },
    other: '做了别的操作', because: (why) => `事由：${why}`, you: '你自己',
  },
  mine: { tab: '我的', title: '我的', file: '我的档案', timeline: '时间线', corrections: '更正', phones: '登录的手机', consents: '我的授权', homes: '住处', exportTitle: '带走我的档案', pdf: '下载 PDF 文件', json: '下载 JSON 文件', paperNote: (at) => `${at} 从系统导出，是系统里关于本人的全部内容。`, language: '语言', officer: '专员页面（上门验收）', signOut: '退出这部手机' },
  file: {
    title: '我的档案', identity: '身份', name: '姓名', document: '证件', birth: '出生日期', sex: { female: '女', male: '男' }, sexLabel: '性别', phone: '手机', since: '建档',
    work: '在哪里工作', nowhere: '现在没有用工', employeeNo: '工号', team: '班组', post: '岗位', shift: '班次', from: '进场', until: '离开', others: '并入的其他证件', wrong: '哪里不对？要求更正', masked: '证实手机后显示完整证件号',
  },
  timeline: { title: '时间线', none: '还没有记录', noneHint: '申报、进出、状态变化会按时间排在这里。', late: (at) => `${at} 收到`, well: '没有不适', ill: (symptoms) => `不适：${symptoms}` },
  corrections: {
    title: '更正', none: '没有要求过更正', noneHint: '档案里有错，从这里告诉单位。', ask: '要求更正', field: '哪一项不对', value: '应该是什么', send: '提交', note: '说明（可不填）',
    valueHint: { name: '和证件上一样', phone: '更正后，旧号码不能再登录', document_number: '和证件上一样，共 18 位或护照号', employment: '写明哪里不对、应该怎样', other: '写明哪里不对、应该怎样' },
    withdraw: '撤回', withdrawSure: '撤回后没有人再处理它。以后可以再提。', answer: (text) => `答复：${text}`, by: (name) => `${name} 答复`, sent: '已提交，等单位答复。',
  },
  consents: {
    title: '我的授权', lead: '每一项单独决定。不同意，照样上班；同意了，随时可以撤回。', closed: '先证实这部手机是你的，才能替自己决定。', none: '现在没有要你决定的', noneHint: '应急响应需要时，会在这里一项一项问你。', receipts: '每一次决定', undecided: '未决定', read: '看全文，再决定', readAgain: '再看全文', withdraw: '撤回', withdrawTitle: (what) => `撤回“${what}”`, withdrawSure: '撤回后一分钟之内停止使用，已经记录的当即删除，不能恢复。其他授权不变，上班不受影响。',
    give: '同意', refuse: '不同意', later: '以后再说', adult: '我已满 18 岁', guardian: '监护人', guardianLead: '未满 18 岁，要监护人一起同意。验证码发到监护人的手机，由监护人告诉你。不同意不用填。', guardianName: '监护人姓名', relation: '是你的', guardianPhone: '监护人手机号', guardianSent: (phone) => `已发到 ${phone}，5 分钟内有效`, guardianWas: (name) => `监护人 ${name}`,
    until: (day) => `到 ${day}`, openEnd: (days) => `到响应结束；结束 ${days} 天后全部删除`, version: (n, digest) => `第 ${n} 版，指纹 ${digest}`, erased: (at) => `${at} 已全部删除`, toErase: (day) => `${day} 删除`,
    otherWay: { location: '不同意：照样进门，需要时打电话问你', face: '不同意：用通行码、工牌、证件，或报姓名进门', matching: '不同意：带证件到登记处，人工核对' },
  },
  face: {
    title: '我的人脸', lead: '采集一次，门口的摄像头就能认出你。照片只看一眼，不保存。', none: '还没有采集。不采集也能刷卡、扫码进门。', enrolled: (at) => `${at} 已采集`, unavailable: '这里还不能采集人脸。刷卡、扫码不受影响。',
    how: '正对镜头，摘下口罩，光线均匀，只拍自己。', take: '拍照采集', again: '重新采集', remove: '删除', removeTitle: '删除我的人脸', removeSure: '删除后，门口几秒内就不再认得你，请改用刷卡或扫码。',
  },
  homes: {
    title: '住处', lead: '社区凭住处找到你、照应你。完整地址只有疾控和指挥部看得到；单位只看到小区。', closed: '先证实这部手机是你的，再看住处。', none: '还没有登记住处', noneHint: '登记一处就够；两头住的，两处都登记。', add: '登记住处', street: '街道', community: '社区', grid: '网格', pick: '请选择', anyGrid: '不清楚', compound: '小区', compoundHint: '小区、村或宿舍区的名字，和大门上一样', building: '楼栋', unit: '单元', room: '房号', optional: '没有就不填', kind: '怎么住', save: '保存',
    since: (day) => `${day} 登记`, until: (from, until) => `${from} 登记，${until} 搬走`, leave: '已搬走', leaveTitle: '不住在这里了？', leaveSure: '登记后一天内，这一处就当没有登记过，整条删除。过了一天标为已搬走，那里的社区 28 天内仍能查到你住过。',
  },
  training: trainingZh,
  reopening: reopeningZh,
  phones: { title: '登录的手机', lead: '不认识的，就退出它。', this: '这部手机', unknown: '没有说明的设备', signedIn: (at) => `${at} 登录`, seen: (at) => `${at} 用过`, signOut: '退出', everywhere: '退出所有手机', everywhereSure: '每部手机都要重新登录，包括这部。还没用的激活码也会作废。', unproved: '用激活码登录' },
};
