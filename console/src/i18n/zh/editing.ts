import type { EditingStrings } from '../editing';

export const editing: EditingStrings = {
  undo: '撤销', redo: '重做', publish: '发布', keys: 'Alt+↑ ↓ 移动，Ctrl+Z 撤销，Ctrl+Shift+Z 重做', clean: '还没有改动', kept: '草稿保存在这台设备的浏览器里，还没有发布', faults: (n) => `有 ${n} 处要改`, faultList: '要改的地方', sound: '没有问题，可以发布', checking: '正在检查…', uncheckable: '现在查不了，请检查网络', untitled: '（没有名称）', faultsAt: (n) => `${n} 处要改`,
  up: '上移', down: '下移', upOf: (what) => `上移“${what}”`, downOf: (what) => `下移“${what}”`, remove: '删除', removeOf: (what) => `删除“${what}”`, removeTitle: (what) => `删除“${what}”`, zh: '中文', en: '英文', key: '代码', addText: (what) => `加${what}`, dropText: (what) => `去掉${what}`, inBoth: (what, lang) => `${what}（${lang}）`,
  leaveTitle: '新版本还没有发布', leaveText: '草稿留在这台设备的浏览器里，一天内回来可以接着改。', leave: '离开', stay: '留下', discard: '放弃草稿', discardTitle: '放弃这份草稿', discardText: '没有发布的修改会全部丢掉，不能恢复。现行版本不受影响。', discarded: '草稿已放弃', note: '修改说明', nothingNew: '还没有改动，不用发布',
  stale: '刚有人发布了新版本', staleHint: '你改的还在这里。可以改用最新版本重新改，也可以把你改的发布在它之后。', staleTake: '改用最新版本', staleMine: '保留我改的',
};
