import type { FacesStrings, GateLinkStrings } from '../gateLink';

export const gateLink: GateLinkStrings = {
  title: '门端接入', lead: '在门端主机上运行下面的命令。码一小时内有效，只能用一次；接入后，原来的连接作废。', link: '生成接入码', again: '重新接入', command: '在门端运行',
  none: '还没有接入。', since: '接入时间', asked: '最近取名单', clock: '时钟偏差', waiting: '待传记录', cameras: '摄像头（有画面 / 全部）', disk: '磁盘剩余', doorFault: '门打不开', thermalFault: '不测温', thermalOffset: '测温标定', learnt: (by, pairs, at) => `${by < 0 ? '−' : '+'}${Math.abs(by).toFixed(2)} ℃（${pairs} 人，${at}）`, version: '程序版本',
  revoke: '停用门端', revokeTitle: (serial) => `停用门端 ${serial}`, revokeConsequence: '它再也取不到名单、送不了记录；下次连上时会清除保存的一切。丢失、拆除时这样做。', revoked: (at) => `${at} 已停用。`,
};

export const faces: FacesStrings = {
  button: '人脸', title: (name) => `${name}的人脸`, lead: '同意后采集一次，自有门端就能认出她。照片只看一眼，不保存；保存的是一串加密的数字，还原不成照片。',
  unavailable: '没有安装人脸模型', unavailableHint: '管理员安装后才能采集。刷卡、扫码不受影响。', noConsent: '还没有同意人脸比对', noConsentHint: '请先在“同意书”里征得同意，或请她在自己手机上同意。不同意也能刷卡、扫码进门。',
  none: '还没有采集。', enrolled: (at, by) => `${at} 采集（${by}）`, byPhone: '本人手机', how: '正对镜头，摘下口罩，光线均匀，只拍一个人。', take: '拍照采集', again: '重新采集',
  remove: '删除人脸', removeTitle: '删除这张人脸？', removeConsequence: '门端几秒内就不再认得她，她改用刷卡或扫码。', done: '人脸已采集', removed: '人脸已删除',
};
