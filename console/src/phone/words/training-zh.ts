import type { TrainingWords } from './training';

export const trainingZh: TrainingWords = {
  title: '培训', lead: '看完、答对，就有合格证。门岗看得到有没有。', none: '现在没有要学的', noneHint: '单位或卫健部门开了课程，会列在这里。', certificates: '我的合格证', required: '必修', optional: '选修',
  card: (n) => `必修培训 ${n} 门没完成`, cardNone: '培训', cardHint: '必修的都完成了', late: '已逾期', lateHint: '要求培训的门岗会拦下', dueIn: (days) => `还有 ${days} 天`, dueToday: '今天到期', noDue: '不限时间',
  minutes: (n) => `${n} 分钟`, questions: (n, percent) => `${n} 道题，答对 ${percent}% 合格`, noQuiz: '没有测验，看完就发证',
  stage: { fresh: '没开始', going: '在学', check: '要验证本人', quiz: '待答题', done: '已合格', renew: '快到期' }, percent: (n) => `看了 ${n}%`, until: (day) => `合格证到 ${day}`,
  gone: '这门课程不开了', closed: '学习要记在你名下。先证实这部手机是你的，再开始学。', again: '回到培训', renew: (day) => `合格证 ${day} 到期，现在可以重学一次，换新证。`, toCertificate: '看合格证', description: '内容说明',
  watched: (done, all) => `已学 ${done} / ${all}`, watchedBar: '学到哪里', film: '课程视频', captions: '字幕', captionsOff: '不显示', captionLangs: { zh: '中文', en: 'English' }, play: '开始看', goOn: '接着看', pause: '暂停', back10: '退 10 秒', seek: '进度', seekHint: '看过的可以拖回去再看，没看的不能跳过', sentBack: '还没看到那里，已回到看过的地方', paused: '已暂停', broken: '网络断了，先停在这里', brokenHint: '断网的时间不算。连上以后接着看。', unplayable: '这部手机放不了这个视频。换一部手机，或请单位安排现场培训。', hidden: '离开页面，已暂停', rules: '离开页面会暂停；中间会请你验证本人。',
  page: (n, of) => `第 ${n} 页，共 ${of} 页`, pageLeft: (seconds) => `本页还要 ${seconds} 秒`, pageDone: '本页已读完', previous: '上一页', next: '下一页', zoomIn: '放大', zoomOut: '缩小', unreadable: '文件打不开。请再试一次，或告诉单位。', pageText: '本页文字', read: '开始读', stopped: '停着，没有计时',
  check: { wrong: '验证码不对，或已过期。请核对，或再发一次。', title: '请验证是你本人', lead: '验证码发到你登记的手机，填上再接着学。', send: '发验证码', sent: '已发出，5 分钟内有效', code: '六位验证码', submit: '验证', resend: (seconds) => (seconds > 0 ? `${seconds} 秒后可再发` : '再发一次'), later: '先不学了', waits: '等你验证本人，再接着学', go: '去验证' },
  quiz: {
    title: '测验', ready: '看完了，可以答题', readyHint: (n, left) => `共 ${n} 道题，限时 30 分钟。今天还能答 ${left} 次。`, noneLeft: '今天的次数用完了，明天再来。', begin: '开始答题', several: '多选', single: '单选', question: (n, of) => `第 ${n} 题，共 ${of} 题`, left: (clock) => `剩 ${clock}`, leftLabel: '剩余时间', over: '答题时间到了', overHint: '没交的不算。可以重新开始，题目会换。', submit: '交卷',
    missing: (n) => `还有 ${n} 题没答`, missingHint: '没答的算错。', missingGo: '就这样交卷', passed: '合格了', failed: '这次没合格', score: (right, of) => `答对 ${right} 题，共 ${of} 题`, needed: (percent) => `要答对 ${percent}% 才合格`, wrong: '答错的题', attemptsLeft: (n) => (n > 0 ? `今天还能答 ${n} 次` : '今天的次数用完了，明天再来'), again: '再答一次', toCourse: '回到课程', notYet: '还没看完，看完才能答题',
  },
  certificate: { title: '培训合格证', all: '我的合格证', none: '还没有合格证', noneHint: '学完一门课程，合格证就在这里。', holds: '有效', expired: '已过期', revoked: '已收回', course: '课程', issued: '发证', good: '有效到', score: '测验', how: '方式', channel: { phone: '在手机上学', classroom: '现场培训' }, by: (name) => `${name} 登记`, scan: '别人扫这个码，能看到它是否有效，只看到你名字的一部分。', code: '合格证的二维码', download: '下载 PDF', none1: '没有这张合格证' },
  verify: { title: '核对培训合格证', lead: '扫码核对', holds: '有效', holdsHint: '这张合格证现在有效。', expired: '已过期', expiredHint: '以前有效，现在过了有效期。', revoked: '已收回', revokedHint: '发证后被收回，不能再用。', unknown: '查不到', unknownHint: '没有这张合格证，或本人的档案已删除。', name: '姓名', course: '课程', issued: '发证', good: '有效到', checked: (at) => `${at} 核对` },
};
