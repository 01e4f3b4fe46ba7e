import type { VisitStrings } from './words';

export const visitsZh: VisitStrings = {
  key: '访客车辆', keyHint: '预约、专车', title: '访客与车辆', tabs: { people: '今天的访客', vehicles: '车辆' }, away: '连不上服务器：访客照常扫码，车辆请联系接待人', asking: '正在查询…',
  search: '姓名、手机尾号、单位、接待人', none: '今天没有预约的访客', noMatch: '没有这样的访客', host: (name) => `接待人 ${name}`, hours: (start, end) => `${start}–${end}`, undeclared: '今天还没申报', enter: '登记', enterOf: (name) => `登记 ${name}`,
  shown: '车牌或专车码', shownHint: '输入车牌，或扫专车码', look: '查询', basis: { visitor: '访客预约的车', coach: '返岗专车', unannounced: '没有预约的车' }, unannouncedNext: '请联系接待人。放行须写明原因',
  plate: '车牌', occupants: '车上人数', occupantsHint: '司机也算', note: '原因', noteHint: '没有预约或劝返时必填', noteMissing: '请写明原因', admit: '放行', turnAway: '劝返', done: (plate) => `${plate} 已登记`,
  coach: { from: (place, site) => `${place} → ${site}`, aboard: (n, crew) => `乘客 ${n} 人，随车 ${crew} 人`, quick: '名单已签认：核对车牌和人数后整车放行', byOne: '不能整车放行，请逐座核验', faults: { manifest_unchecked: '名单没有签认', manifest_old: '签认已超过 24 小时', coach_ended: '专车已到达或已取消', plate_differs: '车牌不一致', heads_differ: '人数不一致', passenger_not_allowed: '有乘客当前不能乘车', response_ended: '没有生效的应急响应' }, seat: (seat) => `${seat} 号座`, passed: '已核验', notAllowed: '不能乘车', stays: '未上车' },
};
