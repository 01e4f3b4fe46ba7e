import type { DeskStrings } from '../desk';

type People = Pick<DeskStrings, 'crew' | 'people' | 'search' | 'personNew' | 'imports' | 'duplicates' | 'corrections' | 'passes' | 'consents' | 'activation' | 'homes' | 'duties' | 'declare' | 'statusRules' | 'redOrders' | 'appeals' | 'file'>;

export const people: People = {
  people: {
    title: '人员', count: (n) => `共 ${n} 人`, add: '新建人员', import: '导入名册', search: '精确查找', name: '姓名 / 手机尾号', employeeNo: '工号 / 卡号', site: '场所 / 班组', allowed: '能否进入', status: '健康状态', employed: '在职', employedYes: '在职', employedNo: '已离职', lastScreened: '最近筛查',
    never: '还没有', none: '还没有人员', noneHint: '逐个新建，或用 CSV 导入一个场所的名册。', tail: (tail) => `尾号 ${tail}`, card: (no) => `卡 ${no}`, noTeam: '没有班组',
  },
  search: {
    title: '精确查找人员', lead: '姓名、证件号、手机号都是加密存放的，只能完整输入、完全一致才找得到。', by: '按什么找', fields: { name: '姓名', document_number: '证件号', phone: '手机号', employee_no: '工号', card_no: '卡号' }, site: '场所（可以不选）', submit: '查找',
    none: '没有完全一致的人员', noneHint: '请核对有没有多字、少字、错字；也可能不在你的范围内。', found: (n) => `找到 ${n} 人`, recorded: '这次查找会记入审计。',
  },
  personNew: {
    title: '新建人员', identity: '身份', name: '姓名', nameHint: '和证件上一致', documentKind: '证件类型', documentNumber: '证件号码', phone: '手机号', employment: '用工', noEmployment: '先不填用工', site: '场所', employeeNo: '工号', employeeNoHint: '终端上登记的编号，同一场所内不能重复', cardNo: '卡号', team: '班组', post: '岗位', shift: '班次', noShift: '不限班次', startsOn: '入职日期',
    health: '健康', attestedAt: '健康申报时间', attestedHint: '本人声明无不适的时间。没有就空着，状态为“未知”。', leftArea: '离开疫区日期', leftAreaHint: '没去过就空着。14 天观察期内为黄色。', submit: '建档', done: (name) => `已为${name}建档`, documentProblem: { length: '居民身份证应为 18 位（或旧的 15 位）', form: '只能是数字，最后一位可以是 X', date: '出生日期不对，请核对第 7 到 14 位', check: '证件号校验位不对，请对照证件逐位核对', permit: '号码格式不对，请对照证件' },
    documentOk: '号码校验通过', phoneRule: '手机号应为 11 位数字，以 1 开头', exists: '同一证件号已有档案时，会加到那份档案里，不会重复建档。',
  },
  crew: {
    employerKind: { owner: '建设单位', general_contractor: '施工总承包', specialist_subcontractor: '专业分包', labour_subcontractor: '劳务分包', supervision: '监理单位', design: '勘察、设计单位', supplier: '设备、材料供应', services: '后勤服务', other: '其他' },
    role: { worker: '建筑工人', team_leader: '班组长', manager: '管理人员' },
  },
  duplicates: {
    title: '可能重复的档案', link: (n) => `${n} 组可能重复`, lead: '姓名和手机号相同、证件不同的两份档案。是同一人就合并成一份，不是就标明不是；两种决定都可以撤销。', state: '状态',
    states: { open: '待判断', merged: '已合并', distinct: '不是同一人' },
    none: { open: '没有待判断的档案。', merged: '还没有合并过。', distinct: '还没有标过“不是同一人”。' }, noneHint: '登记、更正或导入名册时自动发现。只列出两份档案都在你范围内的。',
    alike: '姓名、手机号、出生日期相同', alikeUnknown: '姓名、手机号相同，出生日期不全', found: (at) => `${at} 发现`, decided: (by, at) => `${by} ${at} 决定`,
    keep: '同一人，保留这份', kept: '保留的档案', gone: '已并入保留的档案', distinct: '不是同一人', undo: '撤销决定', others: '另有证件',
    acts: {
      merge: { title: (name) => `合并，保留${name}`, consequence: '另一份的用工、事实和查看记录都归到保留的这份，两个证件都能找到这个人；红黄码按两份合起来重新计算，门岗名单立即更新。可以撤销。', confirm: '合并', done: '已合并' },
      distinct: { title: (name) => `${name}的两份档案不是同一人`, consequence: '两份档案都不变，以后不再提示这一组。可以撤销。', confirm: '不是同一人', done: '已标明不是同一人' },
      undo: { title: (name) => `撤销对${name}的决定`, consequence: '合并过的档案分开：用工还给原来的档案，各自的健康信息恢复，合并之后新录入的留在保留的那份。这一组回到待判断。', confirm: '撤销', done: '已撤销' },
    },
  },
  corrections: {
    title: '更正要求', link: (n) => `${n} 项更正要求`, count: (n) => `共 ${n} 项`, name: '姓名 / 手机尾号', field: '哪一项', askedAt: '提出', decided: '答复', none: '没有更正要求', noneHint: '员工在手机上提出的更正会列在这里。',
    now: '现在', wanted: '应该是', note: '员工的说明', answer: '答复', answerHint: '员工会看到。例如：已核对身份证原件', accept: '同意更正', refuse: '不同意', accepted: '已更正', refused: '已答复',
    acceptTitle: (field) => `同意更正${field}？`, acceptConsequence: '档案立即改为员工要求的内容，门岗名单随之更新。换手机号时，旧号码退出登录并收到短信。请先核对证件。', acceptByHand: '这一项要在用工里自己改。同意只表示答复员工：已经改好。',
    refuseTitle: (field) => `不同意更正${field}？`, refuseConsequence: '档案不变。员工会看到答复，可以再提。', toFile: '打开档案',
  },
  passes: {
    button: '通行码', title: (name) => `${name}的通行码`, lead: '有手机的，打开 /m 自动有码。没有手机的，在这里开一张，打印给本人。', days: '有效天数', issue: '开纸质通行码', issued: '已开。点“打印”下载', none: '还没有通行码', noneHint: '本人在手机上打开，或在这里开纸质的。', expired: '已过期', between: (from, until) => `${from} 至 ${until}`, print: '打印', hold: '暂停', release: '恢复', revoke: '收回',
    holdConsequence: '暂停后，门岗几秒之内不再放行，也不会再开新码，直到恢复。', revokeConsequence: '收回后，这个码再也不能用。本人仍可以开新码；不想让人进门，请用离职或者暂停。', why: { response_inactive: '现在没有进行中的应急响应，不开通行码。', not_allowed: '现在不能开：状态不允许，或者有码被暂停。', not_employed: '现在没有用工，不开通行码。' },
  },
  consents: {
    button: '授权', title: (name) => `${name}的授权`, lead: '本人在手机上决定。没有手机的，签了纸质同意书，由这里代录；不得替人同意。', none: '没有要决定的', noneHint: '只有进行中的响应勾选了定位、人脸识别或名单比对，才会问。', undecided: '未决定', receipts: '每一次决定', record: '代录纸质同意书', recordTitle: (what) => `代录：${what}`, recordLead: '把全文读给本人听，或者请本人看完。按签字的录，同意和不同意都录。', recorded: '已录', withdraw: '代为撤回', withdrawTitle: (what) => `撤回“${what}”`, withdrawConsequence: '按本人要求撤回。一分钟之内停止使用，已经记录的当即删除，不能恢复。',
    answer: '本人的决定', given: '同意', refused: '不同意', signed: '本人（未成年人和监护人）已在纸质同意书上签字，原件已存', signedNeeded: '没有签字，不能录', ofAge: '本人声明已满 18 岁', guardian: '监护人', guardianHint: '未满 18 岁同意时必填', relation: '与本人的关系', guardianPhone: '监护人手机号',
  },
  homes: {
    title: '住处', count: (n) => `${n} 处`, none: '还没有人登记住处', noneHint: '本人在手机上登记，或由单位、疾控代录。', name: '姓名', address: '住处', kind: '怎么住', size: '同住', since: '登记', compound: '小区', compoundFirst: '先选社区，再按小区找',
    block: '住处与同住人', blockNone: '没有登记住处', add: '登记住处', addTitle: (name) => `登记${name}的住处`, addLead: '按本人说的登记。同一套房再登记一次，不会多出一处。', area: '社区或网格', areaHint: '输入名字或代码找', compoundHint: '小区、村或宿舍区的名字', building: '楼栋', unit: '单元', room: '房号', roomHidden: '登记后，单位只看得到小区，看不到楼栋和房号。', optional: '没有就不填', saved: '已登记',
    from: (day) => `${day} 登记`, until: (from, until) => `${from} 登记，${until} 搬走`, leave: '已搬走', leaveTitle: (name) => `${name}不住在这里了？`, leaveConsequence: '登记后一天内由登记人或本人操作，就当没有登记过，整条删除。否则标为已搬走，那里的社区 28 天内仍能查到本人住过。', left: '已更新',
    household: (n) => `同住 ${n} 人`, householdTitle: '同住的人', others: (n) => `另有 ${n} 人同住，不在您的范围内，或这一页放不下。`, herself: '本人', lead: '现在登记在同一套房的人，包括本人。每次查看都会记录。',
  },
  activation: { make: '发激活码', title: (name) => `给${name}的激活码`, lead: '抄在纸条上交给本人。她在手机上打开 /m，输入激活码和证件号最后四位。健康部分要等她证实手机才打开。', code: '激活码', until: (at) => `到 ${at} 有效，只能用一次。旧的激活码已作废。`, done: '记住了，关闭' },
  duties: {
    title: '今日申报', count: (n) => `还缺 ${n} 人`, which: '缺什么', name: { declaration: '没申报的人', temperature: '没记体温的人' }, occupation: '职业', declared: '上次申报', reminded: '上次提醒', never: '没有', none: { declaration: '今天都已申报。', temperature: '这半天的体温都已记录。' }, noneHint: '申报每天一次；司机、快递、厨师、服务员、保安、保洁每天上午、下午各记一次体温。',
    remind: '发短信提醒', remindTitle: (what) => `提醒${what}`, remindConsequence: '给每人的手机发一条短信。同一天（体温为同一个半天）已提醒过的不再发。', sent: (sent, before, left) => `已提醒 ${sent} 人，${before} 人先前提醒过${left > 0 ? `；还有 ${left} 人，请再点一次` : ''}`,
  },
  declare: {
    symptoms: '症状（没有就不选）', contact: '14 天内接触过病人或疑似病人', family: '同住的人有没有不适', yes: '有', no: '没有', temperature: '今天的体温（℃，可不填）', places: '14 天内到过的地方', place: '省、市、区县', from: '从哪天', until: '到哪天', affected: '当时是疫区', addPlace: '加一处', remove: '删掉',
    legs: '行程', kind: '交通工具', number: '班次或车牌', on: '出发日期', legFrom: '从哪里', legTo: '到哪里', carriage: '车厢', seat: '座位', addLeg: '加一程', needed: '请填写',
  },
  statusRules: {
    title: '状态规则', lead: '什么情况是什么颜色', left: (n) => `还有 ${n} 人正在重算`, edit: '改规则', editLead: '先试算：按新规则，每个人会变成什么颜色；看过结果再发布。发布后一分钟内全部重算，门岗随之更新。', history: '各个版本', saved: '新版本已发布，正在重算', publish: '发布', try: '试算', off: '填 0 就不再管这一条', areas: '疫区名单', areaName: '地名', areaHint: '和员工填写的地名对得上就算，例如“江城市”', areaUntil: '到哪天（还是疫区就空着）', addArea: '加一个疫区',
    fields: { observation_days: '离开疫区后观察几天', contact_days: '接触病人后观察几天', symptoms_hours: '报不适后管几小时', family_hours: '报同住人不适后管几小时', statement_hours: '报无不适后管几小时' }, found: '试算结果', kept: (n) => `${n} 人颜色不变`, people: (n) => `${n} 人`, examples: '其中一些人',
  },
  redOrders: {
    title: '人工定红', lead: '一人提出，另一人确认才生效。本人会看到是谁、为什么，可以申诉。', link: (n) => `${n} 项定红待确认`, button: '定为红色', states: { pending: '待确认', active: '生效中', rejected: '没同意', lifted: '已解除' }, none: '没有', noneHint: '在人员档案里提出。', ordered: (by, at) => `${by} ${at} 提出`, decided: (by, at) => `${by} ${at} 决定`, lifted: (by, at) => `${by} ${at} 解除`, waits: '等另一位疾控人员确认',
    order: (name) => `把${name}定为红色`, orderLead: '提出后还不生效，要另一位疾控人员确认。', evidence: '依据', send: '提出', asked: '已提出，等另一人确认',
    acts: {
      confirm: { title: (name) => `确认把${name}定为红色？`, consequence: '立即生效：所有门岗禁止进入，单位看到“不可进入”，看不到原因。本人看到两位决定人和原因。', confirm: '确认定红', done: '已定为红色' },
      reject: { title: (name) => `不同意把${name}定为红色`, consequence: '状态不变。', confirm: '不同意', done: '已退回' },
      lift: { title: (name) => `解除${name}的红色`, consequence: '立即按规则重新计算，门岗随之更新。', confirm: '解除红色', done: '已解除' },
    },
  },
  appeals: {
    title: '申诉', link: (n) => `${n} 项申诉`, count: (n) => `共 ${n} 项`, states: { open: '待答复', granted: '已更正', refused: '维持', withdrawn: '已撤回' }, late: '逾期', onlyLate: '只看逾期的', against: '申诉时的状态', due: '期限', none: '没有申诉', noneHint: '员工在手机上对自己的状态提出的申诉会列在这里，24 小时内答复。', words: '本人说', now: '现在的状态', decide: '答复', notYou: '这个状态是你参与决定的，要由别人答复。',
    decideTitle: (name) => `答复${name}的申诉`, grants: '勾选的原因会撤掉，状态立即重新计算。', refuses: '没有勾选：状态维持不变。', grant: '更正状态', refuse: '维持状态', answerHint: '本人会看到', wrong: '哪些原因不对', decided: '已答复',
  },
  imports: {
    /** The headings the server reads. */
    headings: '姓名,证件类型,证件号码,手机号,工号,卡号,班组,岗位,班次,入职日期,离职日期,健康确认日期,离开疫区日期,参建单位,统一社会信用代码,参建单位类型,工种,人员类型',
    title: '导入名册', lead: '平时用的花名册直接传上来就行：XLSX 或 CSV，列的顺序、表头叫法都不限。先认列，再试算，看清楚会新增、更新多少人，最后导入。都在服务器上进行，可以离开这一页，回来还在。', site: '导入到哪个场所', file: '选择名册文件', upload: '上传并认列', fileHint: 'XLSX 或 CSV，最大 256 MB；可以拖进来', sending: '正在上传，请不要关闭这一页', reading: '正在读文件', check: '试算', template: '下载模板', history: '最近的导入', columns: '认得的列：', startedAt: '开始', state: '状态', result: '结果', siteCol: '场所',
    none: '还没有导入过。', states: { uploading: '上传中', reading: '读取中', ready: '待认列', checking: '试算中', checked: '已试算', landing: '导入中', done: '完成', failed: '出错', cancelled: '已停止' },
    mapTitle: '每一列是什么', mapLead: '已按表头认好，请核对。上次认过的同样表头会记住。', sheet: '工作表', sheetRows: (name, rows) => `${name}（${rows} 行）`, headingRow: '表头在哪一行', headingRowIs: (line, text) => `第 ${line} 行：${text}`, and: '、', column: '名册的列', inFile: '文件里的列', samples: '内容举例', notThere: '没有这一列', needed: '必需', unnamed: (n) => `第 ${n} 列（没有表头）`, others: (n) => `还可以有的列（${n}）`, lacking: (columns) => `还缺：${columns}。请在右边选出来。`, twice: (column) => `“${column}”被选了两次。`, unread: (columns) => `文件里的这些列不会读：${columns}`,
    columnNames: { name: '姓名', document_number: '证件号码', phone: '手机号', employee_no: '工号', document_kind: '证件类型', card_no: '卡号', team: '班组 / 部门', post: '岗位', shift: '班次', starts_on: '入职 / 进场日期', ends_on: '离职 / 退场日期', attested_at: '健康确认日期', left_affected_area_on: '离开疫区日期', employer_name: '参建单位', employer_credit_code: '参建单位信用代码', employer_kind: '参建单位类型', trade: '工种', crew_role: '人员类型' },
    changeMapping: '改认列', resume: '接着做', stoppedAt: (done, rows) => `停在第 ${done} 行，共 ${rows} 行。`, left: '离职', nothingToDo: '没有可以导入的行。', failedAsCsv: '失败的行超过 5 万，下载为 CSV。', rows: '总行数', created: '新增', updated: '更新', unchanged: '不变', failed: '失败', progress: (done, rows) => `已处理 ${done} / ${rows} 行`,
    leave: '可以离开这一页，导入会继续；在“导入名册”里能再找到它。', runNow: '正式导入', willDo: (created, updated, left) => `正式导入会新增 ${created} 人、更新 ${updated} 人、办理离职 ${left} 人。`, cancel: '停止', cancelTitle: '停止这次导入', cancelConsequence: '还没处理的行先不处理，已经写入的保留；一天之内可以接着做。', failedFile: (n) => `下载失败的 ${n} 行`, failedHint: '文件里写着每一行的问题。改好后，只导这些行就行。文件 24 小时后删除。',
    doneText: (created, updated, left) => `已新增 ${created} 人、更新 ${updated} 人、办理离职 ${left} 人。`, cancelledText: '已停止。', stopped: '没有导入完。', newImport: '再导一个文件', toPeople: '看这个场所的人员', noSite: '请先选场所',
  },
  file: {
    title: '人员档案', purposeNote: '本次查看已记入档案，目的：', purpose: '查看目的', askPurpose: '先说明为什么看这份档案', askPurposeHint: '每次查看都会记在档案里，本人可以看到。', age: (n) => `${n} 岁`, sex: { female: '女', male: '男' }, document: '证件号', phone: '手机', name: '姓名', created: '建档', documentKind: '证件类型',
    show: '显示', showOf: (what) => `显示${what}`, hide: '遮盖', hideOf: (what) => `遮盖${what}`, why: (what) => `为什么要看${what}？`, reason: '事由', reasonHint: '例如：核对 2 月 9 日列车同行名单', tell: '本人会看到这次查看和事由。5 分钟后自动遮盖。', reveal: '显示 5 分钟', left: (clock) => `${clock} 后遮盖`,
    edit: '更正资料', editLead: '空着的不改。更正会记入档案。', editName: '姓名（空着不改）', editPhone: '手机号（空着不改）', editNothing: '至少改一项', saved: '已保存', employments: '用工', noEmployment: '没有用工关系。', addEmployment: '加一份用工', editEmployment: '修改用工', from: (day) => `${day} 起`, until: (from, until) => `${from} 至 ${until}`, endEmployment: '离职',
    endTitle: (name, site) => `${name}从${site}离职`, endConsequence: (name, site) => `从现在起，${name}不在${site}的名册上，那里的门岗立即显示“禁止进入”。档案保留，其他用工不变。`, endConfirm: '办理离职', attest: '代录申报', attestTitle: '代录健康申报', attestLead: '照本人说的录。录入人和时间会记在档案里。', well: '身体情况', wellYes: '没有不适', wellNo: '有不适', symptoms: '症状', symptom: { fever: '发热', cough: '咳嗽', fatigue: '乏力', sore_throat: '咽痛', breath: '呼吸困难', diarrhoea: '腹泻', other: '其他' }, symptomsRule: '请至少选一项症状',
    leftArea: '离开疫区日期（没去过就空着）', attestSubmit: '录入', attestDone: '已录入申报', clear: '排除发热', clearTitle: (name) => `排除${name}的发热`, clearConsequence: '确认已排除发热：红色解除，按其他事实重新计算状态，门岗立即更新。', clearReason: '依据（门诊、检测结果、时间）', clearConfirm: '确认排除', cleared: '已排除发热，状态已重新计算',
    erase: '销毁档案', eraseTitle: (name) => `销毁${name}的档案`, eraseConsequence: (name) => `销毁${name}的密钥：姓名、证件、电话、申报、体温、状态全部读不出来，备份也一样。只留下场所、小时、结论的统计。所有门岗立即不再认识此人。这件事不能撤回。`, eraseWord: '销毁', eraseConfirm: '销毁档案', erasedTitle: '档案已销毁', erased: (keys, rows) => `已销毁 ${keys} 把密钥，删除 ${rows} 行。`,
    status: {
      until: (day) => `到 ${day}`, rule: (n) => `规则第 ${n} 版`, computed: (at) => `${at} 算出`, onlyAllowed: '你的角色只能看到能否进入，看不到原因。', noReasons: '没有影响状态的事实。', since: (day) => `${day} 起`, reasonUntil: (day) => `到 ${day}`,
    },
    lanes: { label: '近 14 天', status: '状态', attest: '申报', temperature: '体温', today: '今天', summary: (days, max) => `近 14 天：申报 ${days} 天，最高体温 ${max}`, well: '无不适', ill: '有不适', none: '没申报', short: { green: '绿', amber: '黄', red: '红', unknown: '未知' } },
    facts: '全部事实', all: '全部', noFacts: '还没有事实', noFactsHint: '申报、筛查、状态变化会按时间排在这里。', recorded: (at) => `${at} 收到`, live: '实时', replayed: (at) => `补传 ${at}`, today: '今天', verdictOut: '（出）', statusFromTo: (from, to) => `${from}变${to}`, attestedWell: '无不适', attestedIll: (what) => `有不适：${what}`,
    accesses: '谁看过这份档案', accessCount: (n) => `共 ${n} 次`, noAccesses: '还没有人看过。', fields: (what) => `看：${what}`, others: '别人看到什么', gateSees: '门岗、企业', authoritySees: '疾控', selfSees: '本人', full: '全部，含原因', screenings: '看筛查记录',
    fieldName: { name: '姓名', document_number: '证件号', phone: '手机', status: '状态', facts: '事实', employments: '用工', screenings: '筛查', identity: '身份' },
    moreAccesses: '看更多',
  },
};
