import type { ChecklistsStrings } from '../checklists';

export const checklists: ChecklistsStrings = {
  title: '验收检查表', lead: '专员现场验收时逐项看的表。每次修改都是新版本，已开始填的按原来的版本填完。', byProgram: '平台自带', newVersion: '出新版本', goOn: '接着改草稿', tabs: { reading: '内容', changes: '修改内容' }, items: (n) => `${n} 项`, critical: '关键项', ordinary: '一般项', photos: { never: '不用拍照', defect: '不合格要拍照', always: '都要拍照' }, counts: (items, critical) => `共 ${items} 项，其中关键项 ${critical} 项。关键项不合格，验收就不通过。`,
  section_added: (title) => `新增部分“${title}”`, section_removed: (title) => `删除部分“${title}”`, section_changed: (title) => `修改部分“${title}”`, item_added: (label, section) => `新增检查项“${label}”，在“${section}”`, item_removed: (label, section) => `删除检查项“${label}”，原在“${section}”`, item_changed: (label) => `修改检查项“${label}”`, parts: { title: '名称', label: '检查项', critical: '关键项', photo: '拍照', section: '部分', order: '次序' }, moved: (from, to) => `从“${from}”移到“${to}”`,
  edit: {
    title: '新版本', from: (version) => `从第 ${version} 版改起`, outline: '检查表目录', panes: { outline: '目录', edit: '编辑', preview: '预览' }, section: '部分', item: '检查项', sectionName: '名称', label: '应当怎样', addSection: '新增部分', addItem: '新增检查项', addHere: (section) => `在“${section}”新增检查项`, keyHint: '系统里用的名字，专员看不到。只用小写字母、数字和下划线。改了代码就是另一项。', critical: '关键项', criticalHint: '关键项不合格，验收不通过，要整改后复查。', photo: '拍照', moveTo: '移到部分', removeItem: '从草稿里删除这一项。', removeSection: (n) => `这一部分和其中 ${n} 项会从草稿里删除。`, full: '已满：最多 20 个部分、100 项',
    previewTitle: '预览', previewLead: '专员看到的检查表。', changes: '和现行版本比', nothing: '和现行版本一样。', publishTitle: (version) => `发布第 ${version} 版检查表`, publishText: '马上生效：以后开始填的验收按它填；已经开始填的，按原来的版本填完。', noteHint: '审核人和专员看得到修改说明。', published: (version) => `第 ${version} 版已生效`,
  },
  faults: { key: '代码只用小写字母、数字和下划线，1 到 60 个', key_twice: '这个代码别处也用了，请改一个', empty: '请填写', long: (most) => `最多 ${most} 字，请缩短`, sizeWhole: '检查表要有 1 到 20 个部分、1 到 100 项', sizeSection: '这一部分还没有检查项。请新增，或删除这一部分' },
};
