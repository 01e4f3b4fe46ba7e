import type { DeskStrings } from '../desk';

type Places = Pick<DeskStrings, 'common' | 'areas' | 'areaImport' | 'responses' | 'enterprises' | 'sites' | 'shifts' | 'gates' | 'devices' | 'journal' | 'gaps' | 'setup' | 'rules' | 'trust'>;

export const places: Places = {
  common: {
    name: '名称', area: '区域', enterprise: '企业', site: '场所', gate: '门岗', created: '建立时间', kind: '类型', state: '状态', direction: '方向',
    lanes: '通道数', lane: '通道', none: '无',
  },
  areas: {
    title: '区域', count: (n) => `共 ${n} 个`, tree: '区域树', add: '新增区域', addUnder: (name) => `在“${name}”下新增`, rename: '改名',
    code: '代码', codeHint: '统计代码：省 2 位，市 4 位，区县 6 位，街道 9 位，社区 12 位，网格 15 位。', codeRule: '代码应为 2、4、6、9、12 或 15 位数字', name: '名称', import: '导入区域',
    search: '按名称或代码查找', validFrom: '启用', validUntil: '停用', current: '在用', saved: (name) => `已保存“${name}”`, none: '还没有区域', noneHint: '先导入区县以下的统计代码，或逐个新增。',
    detail: '区域详情', parent: '上级', enterprisesHere: '看这里的企业', sitesHere: '看这里的场所', pick: '从左边选一个区域，看它的详情。', found: (n) => `找到 ${n} 个`,
  },
  areaImport: {
    check: '试算', run: '导入', created: '新增', updated: '更新', unchanged: '不变', failed: '失败', dryRun: '这是试算，还没有写入。', done: '已导入。', again: '换一个文件',
  },
  responses: {
    title: '应急响应', count: (n) => `共 ${n} 次`, start: '启动响应', name: '名称', basis: '法律依据', basisHint: '写文号或决定，例如：省重大突发公共卫生事件一级响应令', purposes: '用途', purposesHint: '没勾选的用途，对应的功能不工作。', starts: '开始', ends: '计划结束',
    endsHint: '可以不填。结束后，数据按公布的时间表清除。', active: '进行中', ended: '已结束', planned: '未开始', end: '结束响应', endTitle: (name) => `结束“${name}”`,
    endConsequence: (area) => `结束后，${area}的门岗筛查、定位、封条和名单比对立即停止采集，门岗结论变为“待核”。已有数据按公布的时间表清除。这件事不能撤回。`, endConfirm: '结束响应', none: '还没有应急响应', noneHint: '没有进行中的响应，门岗筛查和定位都不工作。',
    retention: '结束后几天删除数据', retentionHint: '启动时公布，之后不能改。到那天，申报、体温记录和按授权收集的数据全部删除。', purge: '删除数据', purged: (at) => `${at} 已删除`, purgeAfter: (days) => `结束后第 ${days} 天`,
    detail: '响应详情', since: (n) => `第 ${n} 天`, startSubmit: '启动', startLead: '启动后，勾选的功能在这个区域开始工作。', endBeforeStart: '结束时间要晚于开始时间',
  },
  enterprises: {
    title: '企业', count: (n) => `共 ${n} 家`, add: '新建企业', edit: '修改企业', creditCode: '统一社会信用代码', creditCodeHint: '营业执照上的 18 位代码', creditCodeRule: '应为 18 位数字和大写字母', industry: '行业', industryHint: '国民经济行业代码，例如 C39', industryRule: '应为一个大写字母加 2 到 4 位数字，例如 C39',
    working: '复工', workingStates: { true: '有已开放场所', false: '没有已开放场所' }, sizeClass: '规模', sites: '场所', employees: '在岗人数', none: '还没有企业', noneHint: '新建企业，再给它加场所和门岗。', detail: '企业详情', people: '看人员', saved: (name) => `已保存“${name}”`, industryName: '行业 / 规模', codeName: '企业 / 信用代码',
    sitesOf: '它的场所', noSites: '还没有场所。', numbers: (sites, people) => `${sites} 个场所　${people} 人`, seeAllSites: '全部场所',
  },
  sites: {
    title: '场所', count: (n) => `共 ${n} 个`, add: '新建场所', edit: '修改场所', none: '还没有场所', noneHint: '场所是人要进去的地方：工厂、写字楼、工地。先建场所，再加门岗。', detail: '场所详情', gates: '门岗', openState: '复工状态', since: (at) => `${at} 起`, reason: '原因', changeState: '改复工状态',
    changeTitle: (name) => `改“${name}”的复工状态`, newState: '改为', consequence: {
      open: (name, gates) => `${name}变为已复工：${gates} 个门岗立即按名册、班次和健康状态放行。`,
      suspended: (name, gates) => `${name}暂停：从现在起，${gates} 个门岗对所有人显示“禁止进入”。已在里面的人不受影响。`,
      not_open: (name, gates) => `${name}变为未复工：从现在起，${gates} 个门岗对所有人显示“禁止进入”。`,
    }, confirm: '改状态', enterpriseHint: '居民小区、卡口可以不属于企业', saved: (name) => `已保存“${name}”`, people: '看人员', screenings: '看筛查', rules: '门岗规则', gatesOf: '它的门岗', noGates: '还没有门岗。',
  },
  shifts: {
    title: '班次', lead: '班次外来的人为“待核”，请班组长确认。没有班次就不核对时间。', none: '没有班次，不核对时间。', edit: '改班次', add: '加一个班次', name: '班次名', days: '星期', start: '开始', end: '结束', nextDay: '次日', remove: '删除这个班次', save: '保存班次', saved: '班次已保存',
    day: ['', '一', '二', '三', '四', '五', '六', '日'], everyDay: '每天', workdays: '周一至周五', week: (days) => `周${days}`, nameRule: '请填写班次名', daysRule: '至少选一天', timeRule: '请填写时间', sameTime: '开始和结束不能相同',
  },
  gates: {
    title: '门岗', count: (n) => `共 ${n} 个`, add: '新建门岗', edit: '修改门岗', none: '还没有门岗', noneHint: '门岗是场所的一个出入口。先建门岗，再接设备。', detail: '门岗详情', devices: '设备', closed: '已关闭', opened: '开放', close: '关闭门岗', reopen: '重新开放',
    closeTitle: (name) => `关闭“${name}”`, closeConsequence: (name) => `从现在起，${name}对所有人显示“禁止进入”，值守可以引导到别的门岗。`, reopenTitle: (name) => `重新开放“${name}”`, reopenConsequence: (name) => `从现在起，${name}按规则放行。`,
    tablets: '登记的平板', noTablets: '还没有登记的平板。', tabletSince: (at) => `${at} 登记`, withdraw: '作废', withdrawTitle: '作废这台平板', withdrawConsequence: (gate) => `它不再是${gate}的平板。${gate}的值守都要重新登录；这台平板要用新的登记码才能再用。`,
    enrol: '登记门岗设备', enrolTitle: '登记门岗设备', enrolLead: (name) => `在${name}的平板或电脑上打开门岗界面，输入下面的登记码。登记后，值守用账号和口令登录。`, enrolCode: '登记码', enrolUntil: (at) => `${at} 前有效，只能用一次`, enrolOpen: '门岗界面地址', saved: (name) => `已保存“${name}”`, lanesRule: '通道数应为 1 到 32', devicesOf: '它的设备', noDevices: '还没有设备。',
  },
  devices: {
    title: '设备', count: (n) => `共 ${n} 台`, add: '接入设备', none: '还没有设备', noneHint: '接入后会得到一张安装单，照着在终端上填地址、端口和路径。', vendor: '厂商', model: '型号', serial: '序列号', mac: 'MAC 地址', macHint: '可以不填。填了就会核对，不符则为“不可信”', macRule: '应为 12 位十六进制，例如 A4:14:37:00:1B:2C',
    lastSeen: '最近一次', offset: '时钟偏差', samples: (n) => `${n} 次测量`, lastEvent: '最后事件号', today: '今天数据量', quota: (used, of) => `${used} / ${of}`, unparseable: '今天读不懂', unparseableUnit: (n) => `${n} 条`, never: '还没有连上过',
    tabs: { status: '概况', journal: '原始数据', gaps: '缺号' }, edit: '修改设备', saved: '设备已保存', rotate: '换密钥', rotateTitle: '换密钥', rotateConsequence: (serial) => `会给 ${serial} 一个新路径。旧路径再用 24 小时，之后终端送来的数据不收。请在 24 小时内到终端上改好。`, rotateConfirm: '换密钥',
    disable: '停用', disableTitle: (serial) => `停用设备 ${serial}`, disableConsequence: '停用后，它送来的数据一律不收，门岗上这条通道只能人工录入。', enable: '重新启用', enableTitle: (serial) => `启用设备 ${serial}`, enableConsequence: '启用后，它送来的数据重新参与筛查。',
    trust: '恢复信任', trustTitle: (serial) => `恢复信任 ${serial}`, trustConsequence: '它报来的序列号或 MAC 和登记的不一样。请先到现场核对是不是同一台，再恢复信任。', clockBad: '偏差超过规则上限时，按收到时间记。', where: '安装位置', codeName: '序列号 / 型号', laneOf: (n) => `${n} 号通道`,
  },
  journal: {
    lead: '终端送来的原样数据，24 小时后销毁；读不懂的留 7 天。', showAll: '全部', onlyBad: '只看读不懂的', received: '收到', type: '类型', state: '处理', head: '开头（十六进制）', download: '下载原文', none: '没有数据', noneHint: '这段时间终端没有送来数据。', noBad: '没有读不懂的数据', noBadHint: '终端送来的都读懂了。',
    states: { pending: '排队', decoded: '已读', unparseable: '读不懂', erased: '已销毁' }, show: '看十六进制',
  },
  gaps: { lead: '事件号应当连续。少了号，就是有记录没送到，终端恢复后通常会补传。', found: '发现', expected: '应到', got: '实到', missing: '缺', none: '没有缺号', noneHint: '事件号是连续的。', unit: (n) => `${n} 条` },
  setup: {
    title: '终端安装单', lead: '照这张单子在终端的“HTTP 监听 / 平台接入”里填写。', once: '路径里有密钥，只显示这一次。请现在打印，或抄下来交给安装人员。', address: '服务器地址', port: '端口', path: '路径（URL）', protocol: '协议', format: '数据格式', heartbeat: '心跳间隔', seconds: (n) => `${n} 秒`, print: '打印安装单', done: '填好了，看设备', gone: '安装单只显示一次',
    goneHint: '密钥不在服务器上保存，没法再看。丢了请“换密钥”，会得到一张新的安装单。', toDevice: '回到设备', device: '设备', installed: '安装人', date: '日期', place: '位置', steps: '安装步骤', step: ['终端接上网，能访问服务器地址', '在终端管理页面填写上面各项', '终端校时，时区设为中国标准时间', '刷一次脸或卡，在“设备”里看到“在线”'],
  },
  rules: {
    title: '门岗规则', lead: '每个原因对应一个结论。一次筛查有几个原因时，取最严的一个。', district: '全区', site: '场所', version: (n) => `第 ${n} 版`, inForce: '现行', since: (at) => `${at} 起用`, by: (who) => `${who} 设定`, byDefault: '系统默认', reason: '原因', outcome: '结论', next: '对本人说',
    thresholds: '阈值', feverSuspected: '疑似发热，≥', feverPossible: '需要复测，≥', temperatureRequired: '必须测到体温', maskRequired: '必须戴口罩', declarationRequired: '必须有当天申报', passRequired: '必须有有效通行码', trainingRequired: '必须完成必修培训', rosterAge: '名册最多可用', clockOffset: '设备时钟最多偏差', yes: '是', no: '否', hours: (n) => `${n} 小时`, seconds: (n) => `${n} 秒`, edit: '出新版本', editTitle: '新的门岗规则',
    editConsequence: (scope) => `保存后立即在${scope}的所有门岗生效。旧版本留着，可以查。`, editNote: '说明（改了什么、依据什么）', noteRule: '请写改了什么、依据什么', save: '启用新版本', history: '历次版本', saved: (n) => `第 ${n} 版已启用`, feverOrder: '复测阈值要低于疑似发热阈值', changed: (n) => `改了 ${n} 处`, noChange: '还没有改动', celsius: '℃', inherits: '这个场所没有单独的规则，用全区规则。', current: '现行规则', rosterUnit: '小时', clockUnit: '秒', celsiusRule: '应在 35.0 到 39.0 之间',
  },
  trust: {
    title: '外部证书', lead: '来人可能出示欧盟数字新冠证书或 SMART 健康卡。门岗只认这里导入的公钥签发的；证书内容不保存，也不代替放行结论。', versions: '信任列表的版本', version: '版本', versionOf: (n) => `第 ${n} 版`, inForce: '现行',
    dcc: '欧盟公钥', shc: '健康卡公钥', revoked: '吊销', who: '导入', file: '文件与说明', skipped: '没用上的', skippedShow: (n) => `${n} 项`, skippedOf: (n) => `第 ${n} 版没用上的条目`, atLeast: (n) => `${n} 以上`, none: '还没有信任列表', noneHint: '导入之前，门岗对外部证书一律显示“无法核验”。文件由签发国家或机构公布。', acts: '操作',
    download: '下载公钥', downloadOf: (n) => `下载公钥：第 ${n} 版`, restore: '重新启用', restoreOf: (n) => `重新启用：第 ${n} 版`, restoreTitle: (n) => `重新启用第 ${n} 版`, restoreConsequence: (n, what) => `立即在全区所有门岗生效，记为新的一版。公钥和吊销都回到第 ${n} 版：${what}。`, counts: (dcc, shc, revoked) => `欧盟公钥 ${dcc}，健康卡公钥 ${shc}，吊销 ${revoked}`, note: '说明（为什么）', restored: (n) => `已重新启用，记为第 ${n} 版`,
    importKeys: '导入公钥', importRevocations: '导入吊销', keysFirst: '先导入公钥，才能导入吊销。',
    kinds: {
      keys: { title: '导入公钥', lead: '整份替换现行的公钥，现行的吊销不变。先试算，确认后才生效。', file: '选择公钥文件', hint: 'JSON 信任列表，或 PEM 证书；最大 16 MiB。' },
      revocations: { title: '导入吊销', lead: '整份替换现行的吊销，现行的公钥不变。先试算，确认后才生效。', file: '选择吊销文件', hint: 'JSON；最大 16 MiB。' },
    },
    checking: '正在试算，还没有生效…', tooLarge: (most) => `文件超过 ${most}，没有上传。请核对是不是选错了`, compare: '导入前后对比', now: '现在', after: '导入后', change: '变化', same: '不变', loses: '导入后会变少。请核对文件是不是完整的一份。', leftOut: (n) => `有 ${n} 项用不上，不会导入`, leftOutMore: (n) => `另有 ${n} 项没有列出`, nothingLeftOut: '文件里的条目都能用。', noteHint: '从哪里来、哪天公布的', noteRule: '请写文件的来源', run: '导入，立即生效', imported: (n) => `第 ${n} 版已生效`,
    wholeDistrict: '信任列表全区共用，只有管全区的账号能改。', revocationsForm: '不是吊销列表。请核对文件',
  },
};
