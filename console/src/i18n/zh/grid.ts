import type { GridStrings } from '../desk';

export const grid: GridStrings = {
  title: '网格与专员', tabs: { grid: '一企一格一员', officers: '专员', map: '地图' }, count: (n) => `共 ${n} 家企业`, lead: '每家企业落到一个网格，有一名企业专员。',
  gap: { all: '全部', no_grid: '没落到网格', no_officer: '没有专员', many_officers: '不止一名专员' }, search: '名称或信用代码', inGrid: '已落格', notInGrid: '未落格', officers: '负责人员', nobody: '没有人', employees: '在岗人数',
  gapNone: '没有这样的企业', gapNoneHint: '都已落到网格、有人负责。', none: '没有企业', noneHint: '企业登记以后，在这里看它落在哪个网格、由谁负责。', detail: '企业的网格与专员',
  kind: { enterprise_officer: '企业专员', supervisor: '督导员', responsible_official: '挂点责任人', grid_worker: '网格员' }, premisesKind: { building: '楼宇', mall: '商场', compound: '小区' },
  officer: '专员', officersTitle: '专员', officersCount: (n) => `共 ${n} 人`, officersNone: '还没有专员', officersNoneHint: '请系统管理员在“账号”里建角色为专员的账号。', officerSearch: '姓名或登录名', officerDetail: '专员详情',
  load: { all: '全部', none: '没有任务', many: '超过 20 项', locked: '已停用仍有任务' }, loadLabel: '任务量', enterprises: '企业', premises: '楼宇小区', belongsTo: '归属', locked: '已停用', atWork: '在岗', away: (name, until) => `${name}替班到 ${until}`,
  standsIn: (n) => `正在替 ${n} 人`, lastSignIn: '最近登录', never: '没有登录过', loadOf: (enterprises, premises) => `${enterprises} 家企业　${premises} 处楼宇小区`,
  answersFor: '负责', answersForNone: '现在没有负责的企业和楼宇小区。', target: '对象', as: '身份', from: '从', until: '到', since: (from) => `${from} 起`, between: (from, until) => `${from} 到 ${until}`, noEnd: '不定', setBy: (by) => `${by}安排`, planned: '未开始',
  assign: '分派', assignTitle: '分派', assignLead: '从开始时间起，他就能看到这家企业或这处楼宇小区。', targetKind: '分派什么', targetEnterprise: '企业', targetPremises: '楼宇小区', fromHint: '不填就是现在', untilHint: '可以不填', assigned: '已分派',
  end: '结束', endTitle: (target) => `结束对“${target}”的分派`, endConsequence: (officer, target) => `${officer}从现在起看不到${target}。他写过的记录还在。`, ended: '已结束',
  assignMany: (n) => `把 ${n} 家分派给…`, assignManyTitle: '批量分派', assignManyLead: '先看会改什么，再确认。', relieve: '替换现在的同类人员', relieveHint: '不勾选就是再加一名', preview: '看会改什么', previewLead: (change, same) => `${change} 家会改，${same} 家不变。`, becomes: '由他负责', stays: '已由他负责，不变',
  relieves: (names) => `替换${names}`, doAssign: (n) => `分派 ${n} 家`, assignedMany: (n) => `已分派 ${n} 家`, nothing: '没有要改的',
  handOver: '移交', handOverTitle: (name) => `移交${name}的工作`, handOverLead: '从这一刻起，接手的人看得到，原来的人看不到。', to: '交给', which: '移交哪些', everything: (n) => `全部 ${n} 项`, chosen: '只移交选中的', chosenRule: '至少选一项', note: '交接说明', noteHint: '接手的人要知道什么',
  handedOver: (n) => `已移交 ${n} 项`, handovers: '移交记录', handedTo: (name, n) => `交给${name} ${n} 项`, handedFrom: (name, n) => `从${name}接手 ${n} 项`,
  substitutes: '替班', substituteAdd: '安排替班', substituteTitle: (name) => `${name}不在时由谁替班`, substituteLead: '替班期间两人都看得到；到时间自动结束。', substitute: '替班人', substituted: '已安排替班', substituteEnd: '提前结束', substituteEndTitle: (name) => `提前结束${name}的替班`,
  substituteEndConsequence: (substitute) => `${substitute}从现在起看不到替班的企业和楼宇小区。`, standsInFor: (by, whom) => `${by}替${whom}`, reason: '原因',
  premisesTitle: '楼宇小区', premisesCount: (n) => `共 ${n} 处`, premisesNone: '还没有楼宇小区', premisesNoneHint: '登记楼宇、商场和小区，再把里面的场所归进去，并分派督导员。', premisesDetail: '楼宇小区详情', premisesAdd: '登记楼宇小区', premisesEdit: '修改', premisesSaved: (name) => `已保存“${name}”`,
  address: '地址', lon: '经度', lat: '纬度', position: '位置', positionHint: 'WGS-84，单位度；两个都填或都不填', degreesRule: '请填度数', sitesIn: '场所', sitesOf: '里面的场所', noSites: '还没有场所归在这里。', inPremises: '所在楼宇小区', inPremisesHint: '可以不填',
  map: {
    title: '网格地图', label: '各区域的地图；旁边的表格内容相同', measure: '按什么着色', measures: { per_officer: '每名专员的企业数', without_officer_share: '没有专员的企业占比' }, up: '回上一级', inside: '看下级', insideOf: (name) => `看下级：${name}`, legend: '图例',
    from: (value) => `${value} 以上`, between: (from, until) => `${from} 至不到 ${until}`, nothing: '没有可比的', tableLabel: '各区域的企业和专员', none: '还没有区域边界', noneHint: '导入本区的 GeoJSON 边界，就能在这里看图。右边的表格不受影响。', broken: '这台设备画不出地图。旁边的表格内容相同。', import: '导入边界',
  },
  shapes: {
    title: '导入区域边界', lead: '本区的 GeoJSON 文件（FeatureCollection），每个要素是一个区域的面，坐标为 WGS-84 经纬度。先试算，看清楚会改什么，再导入。', file: '选择 GeoJSON 文件', hint: '.geojson 或 .json，最大 32 MB', property: '区域代码在哪个属性里',
    propertyHint: '不填就找 code、area_code、adcode、代码', features: '要素', feature: '第几个要素', failed: '没有导入的',
  },
  start: { title: '我负责的', lead: '分派给你的企业、楼宇和小区，包括你正在替班的。', none: '现在没有分派给你的', noneHint: '请联系指挥部。', phone: '用手机验收', phoneHint: '用手机扫码，用这个账号登录。要做的验收存在手机上，没有网络也能做完。', phoneOpen: '打开手机页面' },
};
