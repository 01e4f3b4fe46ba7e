import type { FormsStrings, RisksStrings } from '../forms';

export const forms: FormsStrings = {
  title: '申请表', lead: '企业申请复工时填的表。每次修改出一个新版本，已签字提交的申请仍按原来的版本。', versions: '各版本', version: (n) => `第 ${n} 版`, inForce: '现行', byProgram: '平台自带', questions: (n) => `${n} 题`, newVersion: '出新版本', goOn: '接着改草稿', more: '更多版本',
  tabs: { changes: '改了什么', preview: '预览' }, compareWith: '对比', noCompare: '这是最早的版本，没有可比的。', same: '两个版本的内容一样。', tally: (added, changed, removed) => `新增 ${added} 处，修改 ${changed} 处，删除 ${removed} 处`,
  changes: { pledge: '修改承诺书', section_added: (title) => `新增部分“${title}”`, section_removed: (title) => `删除部分“${title}”`, section_changed: (title) => `修改部分“${title}”`, field_added: (label, section) => `新增题目“${label}”，在“${section}”`, field_removed: (label, section) => `删除题目“${label}”，原在“${section}”`, field_changed: (label) => `修改题目“${label}”` },
  parts: { title: '名称', lead: '说明', label: '题目', help: '填写说明', takes: '回答的类型和限制', options: '选项', required: '必填', shown_when: '何时出现', prefill: '预填', section: '所在部分', order: '顺序' }, was: '原来', is: '现在', moved: (from, to) => `从“${from}”移到“${to}”`, reordered: '换了位置', none: '无', and: '、',
  edit: {
    title: '出新版本', from: (version) => `从第 ${version} 版改起`, panes: { outline: '目录', edit: '编辑', preview: '预览' },
    outline: '申请表目录', whole: '承诺书', addSection: '新增部分', addQuestion: '新增题目', addHere: (section) => `在“${section}”新增题目`, section: '部分', question: '题目', full: '已到上限：最多 40 个部分、400 题',
    moveTo: '移到部分', removeSection: (n) => `这一部分和其中的 ${n} 题都会从草稿里删掉。`, removeQuestion: '这一题会从草稿里删掉。', breaks: '下面的条件问到它，会失效：', moveTitle: '移动会让条件失效', moveAnyway: '仍然移动', breaksAt: { shown_when: (holder) => `“${holder}”何时出现`, required: (holder) => `“${holder}”何时必填` },
    name: '名称', label: '题目', help: '填写说明', lead: '这一部分的说明', pledge: '承诺书', pledgeHint: '企业签字时看到的承诺，和签名一起保存。', keyHint: '系统用的名字，企业看不到。小写字母开头，只用小写字母、数字和下划线。', planned: '“planned”的回答会作为计划到岗人数出现在列表里。', kind: '回答的类型', kinds: { text: '一行文字', prose: '多行文字', number: '整数', date: '日期', yes_no: '是或否', choice: '单选', choices: '多选', phone: '电话', files: '文件' },
    least: '最小', most: '最大', mostCharacters: '最多字数', mostFiles: '最多几个文件', unit: '单位',
    options: '选项', option: (n) => `选项 ${n}`, code: '代码', codeOf: (n) => `选项 ${n} 的代码`, addOption: '加一个选项', removeOption: (n) => `删除选项 ${n}`, optionUp: (n) => `上移选项 ${n}`, optionDown: (n) => `下移选项 ${n}`, removeOptionTitle: (label) => `删除选项“${label}”`,
    required: '是否必填', needs: { always: '必填', never: '选填', when: '满足条件才必填' }, shown: '何时出现', shownAlways: '总是出现', shownWhen: '满足条件才出现', prefill: '预填', prefills: { enterprise_name: '企业名称', credit_code: '统一社会信用代码', industry: '行业代码', employees: '在册人数', site_names: '场所名称' }, noPrefill: '不预填',
    publishTitle: (version) => `发布第 ${version} 版申请表`, publishText: '发布后，新开始的申请和没提交的草稿都按新版本填。已提交的申请不受影响。', noteHint: '写清为什么改，企业和审核人都看得到。', published: (version) => `第 ${version} 版已发布`,
  },
  conditions: {
    is: { all: '都满足', any: '满足任一个', not: '不满足', yes: '回答了“是”', chosen: '选了某项', at_least: '数字不少于', industry: '行业属于', size: '规模属于', risk: '区域风险属于' }, kind: '条件', question: '前面的题目', pick: '选一题', value: '不少于', codes: '选了其中任一项', begins: '行业代码开头', beginsHint: 'GB/T 4754 代码，例如 C 或 F52', beginsRule: '应为一个字母 A–T，后面最多四位数字', classes: '规模', levels: '风险等级', add: '加一个条件', remove: '去掉这个条件', none: '前面还没有可用的题目', lost: (key) => `${key}（不在前面）`, 
    words: { all: '，并且', any: '，或者', not: (what) => `不是（${what}）`, yes: (q) => `“${q}”答“是”`, chosen: (q, what) => `“${q}”选了${what}`, at_least: (q, n) => `“${q}”不少于 ${n}`, industry: (what) => `行业属于 ${what}`, size: (what) => `规模属于${what}`, risk: (what) => `区域风险是${what}`, nothing: '还没有选' },
  },
  faults: {
    key: '代码要以小写字母开头，只用小写字母、数字和下划线，最多 60 个', key_twice: '这个代码别处也用了，请改一个', limits: '限制不对：最大要大于最小，文字 1 到 10000 字，文件 1 到 20 个', prefill: '预填的内容和回答的类型不配，请改一个',
    empty: '请填写', long: (most) => `最多 ${most} 字，请缩短`, sizeForm: '申请表至少要有一个部分、一道题，最多 40 个部分、400 题', sizeSection: '这一部分还没有题目。请新增题目，或删除这一部分',
    options: { count: '选项要有 2 到 50 个', code: '请填代码，最多 60 个字符', code_twice: '这个代码和前面的选项一样，请改一个' },
    condition: { gone: (q) => `条件问的“${q}”不在申请表里，请另选`, later: (q) => `条件问的“${q}”不在前面，请另选一题，或把它移到前面`, kind: (q) => `“${q}”的类型不能这样问，请改条件`, codes: (q) => `“${q}”已没有条件里的选项，请重选`, empty: () => '条件还没有填完', deep: () => '条件套得太深，最多 8 层' }, whole: { words: '有文字没填，或太长', condition: '条件不对，请检查' },
  },
  preview: {
    title: '预览', lead: '企业看到的就是这样。可以试着填，什么都不会保存。', applicant: '假设申请的企业', industry: '行业', size: '规模', risk: '区域风险', asked: (asked, all) => `问 ${asked} 题，共 ${all} 题`, required: (n) => `其中必填 ${n} 题`, missing: (n) => `没填好 ${n} 题`, strict: '标出没填的', again: '清空重试', notAsked: (label) => `“${label}”现在不问：出现的条件还不满足。`, nothing: '现在一题也不问。', file: '选文件试一试，不会上传', files: '预览里的文件', removeFile: (name) => `去掉 ${name}`, fault: (n) => `表里还有 ${n} 处要改，预览可能不准。`,
  },
  takes: { text: (most) => `最多 ${most} 字`, number: (least, most) => `${least} 到 ${most}`, files: (most) => `最多 ${most} 个` },
  industries: {
    A: '农、林、牧、渔业', B: '采矿业', C: '制造业', D: '电力、热力、燃气及水生产和供应业', E: '建筑业', F: '批发和零售业', G: '交通运输、仓储和邮政业', H: '住宿和餐饮业', I: '信息传输、软件和信息技术服务业', J: '金融业', K: '房地产业', L: '租赁和商务服务业', M: '科学研究和技术服务业', N: '水利、环境和公共设施管理业', O: '居民服务、修理和其他服务业', P: '教育', Q: '卫生和社会工作', R: '文化、体育和娱乐业', S: '公共管理、社会保障和社会组织', T: '国际组织',
  },
};

export const risks: RisksStrings = {
  title: '区域风险等级', lead: '申请表按区域的风险等级出题。没有单独设定的，跟随上级；都没有设定，就是低风险。', tree: '区域和风险等级', ownList: '单独设定的区域', noneOwn: '还没有设定风险等级', noneOwnHint: '现在全区都是低风险。从区域树选一个区域，再设定它的等级。', detail: '区域详情', pick: '选一个区域，看它的风险等级。', level: '风险等级', inherits: (area) => `跟随${area}`, inheritsNothing: '没有设定，默认低风险', ownLevel: '单独设定', setBy: '设定人', setAt: '设定时间', 
  change: '设定等级', takeBack: '改为跟随上级', changeTitle: (area) => `设定“${area}”的风险等级`, levelOf: '风险等级', follow: (n) => `下面有 ${n} 个区域跟随，一起改变。`, followNone: '下面没有跟随它的区域。', counting: '正在数下面的区域…', keepOwn: (n) => `另有 ${n} 个区域有单独的等级，它们和它们下面的不变。`, fromNow: '以后新开始的申请按新的等级出题，已开始的不变。', confirm: '设定', changed: (area, level) => `${area}已设为${level}`, sameLevel: '已经是这个等级', levelRule: '请选风险等级',
  takeBackTitle: (area) => `“${area}”改为跟随上级`, takeBackText: (level) => `收回单独的等级后，这里是${level}。`, taken: (area) => `${area}已改为跟随上级`, levels: { low: '低风险', medium: '中风险', high: '高风险' }, counts: (high, medium) => `单独设为高风险 ${high} 个，中风险 ${medium} 个`, show: (area) => `看${area}`,
};
