import type { ReopeningWords } from './reopening';

export const reopeningZh: ReopeningWords = {
  title: '已复工企业', lead: '经批准复工、现在有效的企业和场所。', search: '企业名称、信用代码或编号', searchHint: '输入名称的一部分就能查', find: '查找', none: '没有查到', noneHint: '这家企业还没有获准复工，或名称不对。', found: '查到的企业', since: (day) => `${day} 起`,
  verify: {
    title: '核对复工批准书', filed: '已备案', filedHint: '这家企业按规定备案复工，现在可以开工。', whitelist: '白名单', batch: (category, n) => `${category}第 ${n} 批`, approved: '有效', approvedHint: '这份批准书现在有效。', suspended: '已暂停', suspendedHint: '已被暂停复工，现在不能开工。', revoked: '已撤销', revokedHint: '批准已被撤销，不能开工。', unknown: '查不到', unknownHint: '没有这份批准书，或还没有批准。',
    number: '编号', enterprise: '企业', area: '区域', sites: '复工场所', since: '起始日期', list: '查其他企业', checked: (at) => `${at} 核对`,
  },
};
