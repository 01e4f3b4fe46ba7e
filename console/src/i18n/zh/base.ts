import type { DeskStrings } from '../desk';

type Base = Pick<DeskStrings, 'gap' | 'frame' | 'notices' | 'menu' | 'menuGroup' | 'actions' | 'states' | 'list' | 'form' | 'csv' | 'signIn' | 'invite'>;

export const base: Base = {
  gap: '　',
  frame: {
    product: '复工', skip: '跳到正文', home: '回到总览', openMenu: '打开菜单', mainMenu: '主菜单', quickMenu: '常用', more: '更多',
    responseDay: (n) => `第 ${n} 天`, basis: '依据', noResponse: '没有进行中的应急响应',
    search: '查找企业、场所、门岗', searchHint: '企业、场所、门岗', searchNone: '没有找到。换个名称试试',
    bell: (n) => (n > 0 ? `告警，${n} 起待确认` : '告警，没有待确认'), bellTitle: (n) => `待确认告警 ${n} 起`,
    bellEmpty: '没有待确认的告警。', allAlarms: '看全部告警', alarmOpen: '点开处理',
    accountMenu: (name) => `账号菜单，${name}`, switchLanguage: (other) => `切换语言：${other}`, signOut: '退出登录',
    feedLive: '数据实时更新', feedConnecting: '正在连接实时数据', feedDown: (since, minutes) => `实时数据 ${since} 起中断（${minutes} 分钟），正在重连。页面可用，数字可能是旧的`,
  },
  notices: {
    title: '短信提醒', lead: '申请退回、有了决定、定了检查日期，或日报还没提交时，会发短信到这个手机。短信里只有编号和日期。',
    cannotSend: '这套系统没有接短信，发不出提醒。', goesTo: (phone) => `提醒发到 ${phone}`, change: '换一个手机', remove: '不再提醒', removed: '不再发送提醒',
    phone: '手机号', ask: '发送验证码', askAgain: '重新发送验证码', sent: '验证码已发送', code: (phone) => `发到 ${phone} 的验证码`, codeShort: '验证码', keep: '确认', kept: '提醒会发到这个手机',
  },
  menu: {
    visitors: '访客与车辆', overview: '总览', review: '复工审核', inspections: '现场验收', dailyReports: '日报', statistics: '统计', reportTemplates: '上报模板', projects: '工地', alarms: '告警', screenings: '筛查记录', people: '人员', homes: '住处', applications: '复工申请', forms: '申请表', rulebook: '复工办法', checklists: '验收检查表', training: '培训', enterprises: '企业', premises: '楼宇小区', census: '摸排', grid: '网格与专员', sites: '场所', gates: '门岗', devices: '设备',
    statusRules: '状态规则', gateRules: '门岗规则', trustLists: '外部证书', areas: '区域', areaRisks: '风险等级', responses: '应急响应', accounts: '账号', audit: '审计', operations: '运行',
  },
  menuGroup: { main: '', places: '企业与场所', watch: '区域与响应', system: '系统' },
  actions: {
    save: '保存', cancel: '取消', close: '关闭', retry: '重试', reload: '刷新页面', copy: '复制', copied: '已复制',
    copyOf: (what) => `复制${what}`,
  },
  states: {
    loading: '正在加载…', failed: '没有加载出来', notFound: '找不到', noPage: '没有这一页', noPageHint: '地址可能写错了，或这一页已移走。',
    noPermission: '你看不到这些', noPermissionHint: '你的角色不包含这项内容。需要时请联系指挥部。',
    noMatch: '没有符合条件的', noMatchHint: '放宽或清除筛选条件，再看一次。',
    offline: (at) => `${at} 起连不上服务器`, offlineHint: '请检查网络。已打开的内容还能看，没提交的内容还在这一页。',
    pageBroken: '这一页出错了', pageBrokenHint: '可能刚装了新版本。刷新页面，通常就好。',
  },
  list: {
    filters: '筛选条件', all: '全部', clear: '清除', pick: '请选择', more: '再加载 50 项', shown: (n, of) => `已显示 ${n} / ${of}`,
    allShown: (n) => `共 ${n} 项，已全部显示`, export: (n) => `导出 ${n} 项`, exportAs: { xlsx: 'Excel 工作簿（XLSX）', csv: '文本表格（CSV）' }, exportNone: '导出', previous: '上一项', next: '下一项',
    selection: '已选的行', chosen: (n) => `已选 ${n} 项`, chosenMax: (n) => `一次最多导出 ${n} 项，更多请用筛选`, exportChosen: '导出所选', unchoose: '取消选择',
    choose: '选择这一行', chooseAll: '选择已显示的全部', columns: '列', allColumns: '显示全部列', views: '常用视图',
    noViews: '还没有常用视图。', viewName: '视图名称', viewHint: '先选好筛选条件或排序，再保存。', saveView: '保存当前筛选', deleteView: (name) => `删除视图“${name}”`,
  },
  form: {
    reason: '理由', reasonRule: '请写理由，会记入审计', tooLong: (n) => `最多 ${n} 个字，请缩短`, typeToConfirm: (word) => `请输入“${word}”确认`,
    typeDiffers: '和上面的字不一样，请照样输入', required: (label) => `请填写${label}`, pickRequired: (label) => `请选择${label}`,
    draftRestored: '已恢复上次没提交的内容。', draftDiscard: '清空重填',
  },
  csv: {
    chosen: (name, size) => `${name}（${size}）`, hint: 'XLSX 或 CSV，第一张表，最多 10 万行。',
    line: '行', column: '列', problem: '问题', value: '内容', failedDownload: (n) => `下载失败的 ${n} 行`,
  },
  signIn: {
    title: '登录', lead: '复工平台　管理端', login: '账号', password: '密码', next: '下一步', submit: '登录', code: '动态口令', codeTitle: '输入动态口令',
    codeLead: (login) => `${login}，请打开验证器，输入当前的 6 位数字。`, codeRule: '请输入 6 位数字', loginRule: '请输入账号', passwordRule: '请输入密码',
    otherAccount: '换一个账号', expired: '登录已过期。重新登录后，会回到刚才那一页。', backOff: (s) => `试得太多了。请等 ${s} 秒再试。`,
    guardHint: '门岗值守请到', guardLink: '门岗界面', footer: '仅限授权人员使用。查看和操作都会记录。',
  },
  invite: {
    title: (name) => `${name}，请设置登录方式`, lead: (login, role) => `账号 ${login}　${role}`, password: '新密码', passwordAgain: '再输入一次密码',
    passwordHint: '至少 12 个字符。几个不相干的词连起来，好记又安全。', pin: '新口令（数字）', pinAgain: '再输入一次口令', pinHint: '6 到 12 位数字，在门岗设备上登录用。', pinRule: '请输入口令',
    passwordProblem: { short: '至少 12 个字符，请再加长', long: '最多 128 个字符，请缩短', same: '重复的字符太多，请换一个', login: '不要包含账号，请换一个' },
    pinProblem: { digits: '应为 6 到 12 位数字', simple: '太容易猜，不要全同或连号' },
    againRule: '请再输入一次', againDiffers: '两次输入不一样，请重新输入', codeTitle: '绑定动态口令', codeLead: '用手机上的验证器（支持 TOTP 的应用）扫码，再填入它显示的 6 位数字。',
    secretLabel: '扫不了？手动输入密钥：', submit: '完成设置', doneTitle: '设置好了', done: (login) => `以后用账号 ${login}、新密码和动态口令登录。`,
    doneGuard: '以后在门岗设备上用账号和口令登录。', toSignIn: '去登录', goneTitle: '邀请链接已失效', gone: '链接只能用一次，且有时限。请联系管理员重新发一个。',
  },
};
