import type { DutyWords } from './words';

export const dutyZh: DutyWords = {
  tabs: { today: '今天', firms: '企业', me: '我的' },
  signIn: {
    title: '专员登录', lead: '用工作台的账号登录。登录后把今天和以后几天的验收存在这部手机上，没有网络也能做完。', login: '账号', password: '密码', next: '下一步', codeTitle: '动态码', codeLead: (login) => `${login} 要动态码：打开验证器，输入六位数字。`, code: '六位动态码', submit: '登录', other: '换一个账号',
    back: (seconds) => `试得太多了，请等 ${seconds} 秒`, ended: '登录已过期，请重新登录。写好的还在这部手机上。', unsent: (n) => `这部手机上有 ${n} 次验收还没送出。由写它的账号登录后才看得到，也才送得出。`, worker: '我是员工，打开我的档案', away: '现在没有网络。第一次登录要联网。',
  },
  barred: { title: (name) => `${name} 没有验收工作`, hint: '这里只给上门验收的专员用。其他工作在工作台做。', desk: '打开工作台' },
  asOf: (at) => `${at} 的内容`, never: '还没有从服务器取过', refresh: '刷新', refreshing: '正在取…', awayHint: '手机上已有的都能用，写下的先存着。', broken: '这个浏览器存不住内容（无痕窗口，或空间已满）。关掉本页，写下的就没有了。',
  today: {
    title: '谁在等我', greeting: (name) => name, counts: { today: '今天', late: '逾期', defects: '整改到期', unreported: '未报日报' },
    waiting: (reports, photos) => [reports > 0 ? `${reports} 份报告` : '', photos > 0 ? `${photos} 张照片` : ''].filter(Boolean).join('、') + '等着送出', waitingHint: '有网后自动送出，每份只算一次。', sendNow: '现在送',
    late: '逾期', route: '今天的路线', coming: '以后几天', moved: '已不归你的', movedHint: '写了一半换了人，或申请改走别的路。写好的仍可送出。', done: '刚送到的', none: '没有人在等你', noneHint: '审核人安排验收后会出现在这里。', left: (n) => `还有 ${n} 次没有带上，做完几次再刷新`,
    defects: '整改到期', dueOn: (day) => `${day} 前整改`, lateSince: (day) => `应在 ${day} 前整改，已超期`, unreported: '今天还没报日报', unreportedMore: (n) => `另有 ${n} 家`, lastDay: (day) => `上次报到 ${day}`, neverReported: '从没报过', noDay: '没定日期', stop: (n) => `第 ${n} 站`, due: (at) => `期限 ${at}`,
  },
  kinds: { acceptance: '复工验收', recheck: '复查', spot_check: '抽查' }, modes: { on_site: '现场', video: '视频' }, stages: { new: '没开始', begun: '写了一半', waits: '等着送出', refused: '没有收下', done: '已送到' },
  firms: {
    title: '我的企业', search: '企业名称', find: '查找', none: '没有找到', noneHint: '只看得到归你负责的企业。', offline: '没有网络：只在手机上已有的里面找。', more: '再看一些', firm: '企业', area: '区域', sites: '场所', noSites: '没有登记场所', visits: '要做的验收', contact: '联系方式', ask: '查联系方式', noContact: '申请表里没有写联系方式。', sitesAway: '联网后能看到场所开没开工。',
    unreported: '今天还没报日报', open: '查看',
  },
  contact: { title: '去哪里，找谁', address: '地址', name: '防疫负责人', call: (phone) => `打电话 ${phone}`, none: '申请表里没有写地址和联系人。' },
  visit: {
    title: '一次验收', begin: '开始验收', resume: '接着写', sign: '去签字', number: '申请编号', day: '日期', startsAt: '视频开始', due: '期限', sites: '场所', area: '区域', items: '检查项', filled: (n, of) => `已看 ${n} 项，共 ${of} 项`, defects: '上次要整改的', critical: '关键项',
    waiting: '已签字，等着送出。有网后自动送出，可以关掉本页。', moved: '这次验收已不归你：可能换了人，也可能取消了。写好的仍可送出，系统会收下，交给接手的人看。', gone: '手机上没有这次验收', goneHint: '可能已经做完、换了人或取消了。联网后刷新看看。', keeps: '写下的、拍下的都自动存在这部手机里，中途关掉也不丢。', photos: (n) => `${n} 张照片`,
    refused: { title: '服务器没有收下', faults: (n) => `还有 ${n} 项没填好，已标出来。改好后再签字送出。`, cancelled: '申请改走别的路，这次验收已取消，不用再送。', reported: (officer, at) => `${officer} 已在 ${at} 报告过这次验收。`, mine: '你已经在别的设备上报告过这次验收。', other: '原因：', keeps: '你写的还在这部手机上，看过后可以删掉。' },
    discard: '从手机上删掉', discardTitle: '删掉写好的内容？', discardSure: '这次验收写下的、拍下的都从这部手机上删掉，不能恢复。', ok: '知道了',
    passed: '通过', passedHint: '已交给审核人决定。', failed: '不通过', failedHint: '已安排复查。', kept: '已转交', keptHint: (officer) => `这次验收现在由${officer}去做。你写的都收下了，放在报告旁边给对方看。`, already: '别人已先报告', alreadyHint: (officer) => `${officer}已先报告这次验收。你写的也收下了，放在那份报告旁边。`, nobody: '接手的人', digest: '摘要（SHA-256）', sentAt: (at) => `${at} 送到`, photosRefused: (n) => `有 ${n} 张照片没有收下，还在这部手机上。`,
  },
  item: {
    of: (n, of) => `第 ${n} 项，共 ${of} 项`, findings: { good: '合格', defect: '不合格', not_applicable: '不适用' }, how: '看到的', take: '拍照', taking: '正在存…', noPicture: '这张照片存不了。请重新拍，或选 JPEG、PNG 照片。', photoNeeded: '这一项要拍照', photo: (n, at) => `照片 ${n}，${at}`, placed: '有位置', unplaced: '没有位置', sent: '已送到', unsent: '待送', notTaken: '没有收下', drop: '删掉',
    wanting: '哪里不合格', fixBy: '整改期限', tomorrow: '明天', days: (n) => `${n} 天内`, faults: { missing: '这一项还没看', note: '请写清哪里不合格', due: '请定整改期限', photo: '这一项要拍照' }, previous: '上一项', next: '下一项', toSign: '去签字', there: (n) => `服务器上已有 ${n} 张`,
  },
  sign: { title: '签字', summary: '其他要说的', officer: '专员', witness: '企业在场人', hint: '写上姓名，在框里签名。', pad: (who) => `${who}签名框`, clear: '重签', missing: (n) => `还有 ${n} 项没填好：`, names: '两个人都要写姓名、签名。', send: '签字提交', sure: '提交验收报告', willPass: '关键项都合格：验收通过，交给审核人决定。提交后不能再改。', willFail: '有关键项不合格：验收不通过，会安排复查。提交后不能再改。' },
  me: {
    title: '我的', account: '姓名', login: '账号', phone: '这部手机', kept: (visits, firms) => `存着 ${visits} 次验收、${firms} 家企业的名字`, keptHint: '验收做完就删；7 天没刷新也删；没送出的留 30 天。退出时，送完的全部删掉。', language: '语言', worker: '员工页面（我的健康档案）', desk: '工作台', signOut: '退出登录', signOutTitle: '退出登录',
    signOutUnsent: (n) => `还有 ${n} 次验收没送出。退出后留在这部手机上，别的账号看不到；你再登录时接着送。`, signOutClean: '手机上存的验收和企业会全部删掉。', signOutAway: '现在连不上服务器：先在这部手机上退出，有网后再告诉服务器。', keep: '退出，没送出的留下', remove: '退出，全部删掉', removeSure: (n) => `这 ${n} 次验收写下的就没有了，不能恢复。`,
  },
};
