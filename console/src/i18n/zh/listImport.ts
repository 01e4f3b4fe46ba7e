import type { DecisionFileStrings, ListImportStrings } from '../listImport';

export const listImport: ListImportStrings = {
  import: '导入', exportAssignments: '导出分派', of: { areas: '区域', enterprises: '企业', sites: '场所', premises: '楼宇小区', gates: '门岗', devices: '设备', assignments: '网格与专员', officers: '账号', 'area-risks': '区域风险', visitors: '访客' }, title: { areas: '导入区域', enterprises: '导入企业', sites: '导入场所', premises: '导入楼宇小区', gates: '导入门岗', devices: '导入设备', assignments: '导入分派', officers: '导入专员', 'area-risks': '导入区域风险', visitors: '导入访客' },
  lead: {
    areas: '上传 XLSX 或 CSV，列的顺序不限：代码、名称、启用日期（可以不填）。按代码认区域，上级写在下级后面也可以。先试算，看清楚再导入。导出的区域表改过之后可以直接导回。',
    enterprises: '上传 XLSX 或 CSV，列的顺序不限，按统一社会信用代码认企业。空着的格子不改原来的内容。先试算，看清楚再导入。导出的企业表改过之后可以直接导回。',
    sites: '上传 XLSX 或 CSV，列的顺序不限，按企业的信用代码和场所名称认场所。新场所是未开放状态。先试算，看清楚再导入。',
    premises: '上传 XLSX 或 CSV，列的顺序不限，按区域和名称认楼宇小区。先试算，看清楚再导入。',
    gates: '上传 XLSX 或 CSV，列的顺序不限，按场所（企业的信用代码和场所名称）和门岗名称认门岗。关闭的门岗不放行。先试算，看清楚再导入。导出的门岗表改过之后可以直接导回。',
    devices: '上传 XLSX 或 CSV，列的顺序不限，按序列号认设备。文件里没有密钥：新设备要到它的页面上“换密钥”，拿到安装单，才能接上。先试算，看清楚再导入。',
    assignments: '上传 XLSX 或 CSV：登录名（或姓名）、身份，再写企业的统一社会信用代码，或楼宇小区的名称（同名的写上区域）。从现在起负责，不会替换已有的人。先试算，看清楚再导入。',
    officers: '上传 XLSX 或 CSV：登录名、姓名、区域（代码或名称，几个用顿号隔开）。按登录名认人：新的会得到账号和邀请链接，已有的按文件改姓名和区域（改区域会让他重新登录）。其他角色请逐个邀请。先试算，看清楚再导入。',
    'area-risks': '上传 XLSX 或 CSV：区域（代码或名称）、风险等级（高、中、低）。试算会写出每个区域有多少下级区域跟着变。从现在起开始填写的申请按新等级提问。文件不会撤回等级，撤回请在页面上做。先试算，看清楚再导入。',
    visitors: '上传 XLSX 或 CSV：场所、姓名、手机号、首日、每天从几点、到几点；身份证号、单位、事由、车牌、末日可以不填。规则与逐个预约一样。导入后下载每个人的访客链接，发给本人。先试算，看清楚再导入。',
  },
  template: '下载模板', pick: '选择文件', fileHint: (rows) => `最多 ${rows} 行、3 MB`, check: '试算', land: (n) => `导入 ${n} 行`, sure: '导入', notYet: '再看看',
  consequence: (created, changed, refused) => `新增 ${created} 行，修改 ${changed} 行，退回 ${refused} 行。每一行都记入审计日志。`, toList: '看名单', again: '换一个文件',
  tried: '试算结果，还没有导入', landed: '已导入', rows: '文件行数', created: '新增', changed: '修改', unchanged: '没有变化', refused: '退回',
  refusedTitle: '退回的行', download: '下载退回的行', line: '行', column: '列', text: '内容', problem: '原因',
  willTitle: '会新增和修改的', didTitle: '新增和修改的', name: '名称', what: '内容', isNew: '新增', from: (column, from, to) => `${column}：${from} → ${to}`, more: (n) => `另有 ${n} 行，导入时一并处理。`, yes: '是', no: '否',
  told: { officers: { title: '邀请链接', hint: '链接只给这一次，服务器不保存，三天内有效。请现在下载，分别发给本人；丢了就在“账号”里重新邀请。', download: '下载邀请链接' }, visitors: { title: '访客链接', hint: '每个人来之前打开自己的链接填写健康情况，凭访客码进门。文件只给这一次；丢了可以在“访客”里逐个查看。', download: '下载访客链接' } }, follow: (n) => `跟着变的下级区域：${n}`,
  columns: { code: '代码', valid_from: '启用日期', name: '名称', credit_code: '统一社会信用代码', enterprise_code: '统一社会信用代码', area_code: '区域代码', area: '区域', industry: '行业', size_class: '规模', address: '地址', kind: '类型', officer: '人员', target: '楼宇小区', lon_deg: '经度', lat_deg: '纬度', site: '场所', gate: '门岗', direction: '方向', lanes: '通道数', closed: '已关闭', serial: '序列号', vendor: '厂商', model: '型号', mac: 'MAC 地址', lane: '通道', login: '登录名', display_name: '姓名', role: '角色', level: '风险等级', followers: '跟着变的下级区域', visitor: '姓名', phone: '手机号', document_number: '身份证号', company: '单位', purpose: '事由', plate: '车牌', from: '首日', until: '末日', start: '每天从', end: '到' },
  faults: { area_code_form: '不是区划代码（2、4、6、9、12 或 15 位数字）', area_parent_unknown: '上级区域还没有', date_form: '日期看不懂，写成 2020-03-05', required: '必须填写', too_long: '太长', cell_error: '这一格读不出来', credit_code_form: '不是统一社会信用代码（校验位不对）', area_unknown: '没有这个区域', area_ambiguous: '有几个同名的，请填代码', beyond_scope: '不在你的范围内', industry_form: '不是行业代码，写成 C39 这样', size_unknown: '规模看不懂', kind_unknown: '类型看不懂', enterprise_unknown: '你的范围内没有这个代码的企业', officer_unknown: '没有这个人员', officer_ambiguous: '有几个同名的，请填登录名', officer_full: '这个人员负责的已经满了', officer_kind: '企业专员只负责企业，请填督导员、挂点责任人或网格员', premises_unknown: '你的范围内没有这个楼宇、商场或小区', premises_ambiguous: '有几个同名的，请填区域', degrees_form: '不是经纬度', site_unknown: '你的范围内没有这个场所', site_ambiguous: '有几个同名的场所，请先改名', gate_unknown: '这个场所没有这个门岗', gate_ambiguous: '有几个同名的门岗，请先改名', direction_unknown: '方向看不懂，请填进、出或进出', lanes_form: '不是 1 到 64 的整数', lane_unknown: '这个门岗没有这个通道', yes_no_unknown: '请填是或否', vendor_unknown: '厂商看不懂', mac_form: '不是 MAC 地址', login_form: '登录名是 3 到 40 个小写字母、数字、点、横线或下划线', login_taken: '已被别的账号使用（不是专员，或不在你的范围内），请换一个', role_other: '从文件只能邀请专员，其他角色请逐个邀请', reach_by_hand: '这个账号的范围不只是区域，请在“账号”里修改', level_unknown: '等级看不懂，请填高、中或低', time_form: '时间看不懂，写成 9:30', date_order: '结束在开始之前', moment_past: '已经过去了', too_many_days: '一次最多 14 天', phone_form: '不是手机号', document_number_form: '不是 18 位身份证号', document_number_check: '身份证号的校验位不对', plate_form: '不是车牌号', response_inactive: '这里没有生效的应急响应', repeated: '前面已有同一项的一行' },
};

export const decisionFile: DecisionFileStrings = {
  open: '从文件决定', title: '从文件决定', lead: '上传 XLSX 或 CSV，每行一份申请：申请编号（或企业的统一社会信用代码）、决定、理由。决定填批准、不予批准、暂停、恢复或撤销，除批准外都要写理由。规则与逐份办理一样，场所的开放状态随决定改变；不能决定的行退回，不影响其他。先试算，看清楚再决定。',
  template: '下载模板', pick: '选择文件', fileHint: '最多 500 行、3 MB', check: '试算', decide: (n) => `决定 ${n} 份`, toList: '看申请', again: '换一个文件',
  tried: '试算结果，还没有决定', done: '已决定', will: '会这样决定', did: '已这样决定', rows: '文件行数', decided: '决定', refused: '退回', refusedTitle: '退回的行', download: '下载退回的行', line: '行', column: '列', text: '内容', problem: '原因',
  columns: { number: '申请编号', credit_code: '统一社会信用代码', decision: '决定', note: '理由' },
  faults: { required: '必须填写', too_long: '太长', cell_error: '这一格读不出来', credit_code_form: '不是统一社会信用代码（校验位不对）', decision_unknown: '请填批准、不予批准、暂停、恢复或撤销', application_unknown: '你的范围内没有这个申请', application_ambiguous: '这家企业有几个申请，请填申请编号', repeated: '前面已有同一个申请的一行', state: '现在的状态不能这样决定，或别人正在审核', department_other: '由别的部门决定', visit_missing: '还没有现场验收', opinion_missing: '还有部门没有答复', opinion_objects: '有部门不同意' },
};
