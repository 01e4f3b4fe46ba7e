// Words for the server's error codes: what is so, then what to do. The server sends codes only.
import type { Lang } from './lang';

type Params = Record<string, string>;
type Words = string | ((params: Params) => string);
interface ErrorCodes {
  not_signed_in: Words; csrf: Words; forbidden: Words; not_found: Words; conflict: Words; invalid: Words; required: Words; too_long: Words;
  taken: Words; credentials_wrong: Words; totp_required: Words; back_off: Words; internal: Words; unavailable: Words; offline: Words;
  idempotency_key_required: Words; idempotency_key_reused: Words; credit_code_check: Words; document_number_check: Words;
  area_code_form: Words; area_unknown: Words; phone_form: Words; employee_no_taken: Words; card_no_taken: Words; state: Words;
  too_large: Words; supervisor_refused: Words; purpose_required: Words; page_limit: Words; unknown_code: Words;
  password_too_short: Words; password_too_easy: Words; pin_form: Words; pin_too_easy: Words; login_form: Words; login_taken: Words;
  beyond_scope: Words; on_oneself: Words; cursor: Words; credit_code_form: Words; area_parent_unknown: Words; mac_form: Words; document_kind:
  Words; document_number_form: Words; employee_no_form: Words; date_form: Words; site_unknown: Words; enterprise_unknown: Words; gate_unknown:
  Words; shift_unknown: Words; shift_window: Words; temperature_range: Words; override_medical: Words; enrolment_code: Words;
  response_inactive: Words; rule_outcome: Words; column_missing: Words; csv_form: Words; speech_missing: Words;
}

const zh: ErrorCodes = {
  not_signed_in: '登录已过期。请重新登录，会回到这一页',
  csrf: '页面放得太久。刷新后再试一次',
  forbidden: '你的角色不能做这件事。可以请指挥部或管理员处理',
  not_found: '没有这一项，或不在你的范围内。请核对，或请综合组转交',
  conflict: '别人刚改过。你的修改没有保存，请刷新后再改',
  invalid: '填写的内容不对。请改正标红的项',
  required: '这一项必填。请填写',
  too_long: (p) => (p.max ? `太长了，最多 ${p.max} 个字。请缩短` : '太长了。请缩短'),
  taken: '已经有人用了。请换一个',
  credentials_wrong: '账号、密码或口令不对。请核对后再登录',
  totp_required: '还需要动态口令。请打开验证器，输入 6 位数字',
  back_off: (p) => `试得太多了。请等 ${p.retry_after_s ?? '几'} 秒再试`,
  internal: '服务器出错，没有保存。请把请求编号告诉管理员',
  unavailable: '服务器正忙，没有完成。请稍候，会自动重试',
  offline: '连不上服务器。请检查网络，内容还在这一页',
  idempotency_key_required: '页面版本太旧。刷新后再试一次',
  idempotency_key_reused: '这次提交和上一次内容不同。请刷新后重新提交',
  credit_code_check: '信用代码最后一位不对。请对照营业执照第 18 位',
  document_number_check: '证件号校验位不对。请对照证件逐位核对',
  area_code_form: '区域代码应为 2、4、6、9、12 或 15 位数字。请对照统计代码',
  area_unknown: '没有这个区域代码。请先在区域里添加，或换一个',
  phone_form: '手机号应为 11 位数字，以 1 开头。请核对',
  employee_no_taken: '本场所已有这个工号。请换一个，或先办理原人员离职',
  card_no_taken: '本场所已有这个卡号。请换一张卡，或先停用原卡',
  state: '它现在的状态不允许这样做。请刷新，看最新状态',
  too_large: '文件太大。请分成几个再传',
  supervisor_refused: '主管没有通过。请核对主管账号和口令，且不能是本人',
  purpose_required: '要先说明查看目的。请选一项',
  page_limit: '一次要得太多。请缩小范围',
  password_too_short: '密码太短。至少 12 个字符，几个词连起来最好',
  password_too_easy: '密码太容易猜。请换一个，不要用常见的词',
  pin_form: '口令应为 6 到 12 位数字。请重新输入',
  pin_too_easy: '口令太容易猜。不要全同或连号，请换一个',
  login_form: '账号应为 3 到 40 个小写字母、数字、点或横线。请修改',
  login_taken: '已经有人用这个账号。请换一个',
  beyond_scope: '这超出了你的范围。请选范围内的，或请上级处理',
  on_oneself: '不能对自己的账号这样做。请另一位管理员处理',
  cursor: '列表的位置失效了。请刷新这一页',
  credit_code_form: '信用代码应为 18 位数字和大写字母。请对照营业执照',
  area_parent_unknown: '上一级区域还没有。请先添加上一级',
  mac_form: 'MAC 地址应为 12 位十六进制。请对照设备标签',
  document_kind: '证件类型不对。请选居民身份证、护照或通行证',
  document_number_form: '证件号的形式不对。请对照证件',
  employee_no_form: '工号只能是字母、数字和横线。请修改',
  date_form: '日期应写成 2026-02-18。请修改',
  site_unknown: '没有这个场所，或不在你的范围内。请重新选择',
  enterprise_unknown: '没有这家企业，或不在你的范围内。请重新选择',
  gate_unknown: '没有这个门岗，或不在你的范围内。请重新选择',
  shift_unknown: '这个场所没有这个班次。请先在场所里添加',
  shift_window: '班次的时间或星期不对。请检查开始、结束和星期',
  temperature_range: '温度超出范围。请核对，单位是 ℃',
  override_medical: '有健康方面的原因，现场不能改判。请联系疾控',
  enrolment_code: '登记码不对，或已过期。请在管理端重新生成',
  response_inactive: '没有进行中的应急响应。请先启动响应',
  rule_outcome: '有一条规则的原因或结论不对。请重新选择',
  column_missing: '文件缺少必需的列。请用模板，或补上列名',
  csv_form: '文件不是 CSV。请在表格软件里另存为 CSV 再传',
  speech_missing: '服务器没有装语音。请看屏幕上的字',
  unknown_code: (p) => `没有完成（${p.code ?? '未知'}）。请把请求编号告诉管理员`,
};

const en: ErrorCodes = {
  not_signed_in: 'Your session has ended. Sign in again and you come back here',
  csrf: 'The page was open too long. Reload and try again',
  forbidden: 'Your role cannot do this. Ask the command or an administrator',
  not_found: 'No such item, or outside your scope. Check it, or ask the general desk to hand it over',
  conflict: 'Somebody changed this first. Yours is not saved; reload, then change it',
  invalid: 'Something is not right. Correct the marked fields',
  required: 'This is required. Fill it in',
  too_long: (p) => (p.max ? `Too long: ${p.max} characters at most. Shorten it` : 'Too long. Shorten it'),
  taken: 'Already in use. Choose another',
  credentials_wrong: 'The account, password or code is wrong. Check them and sign in again',
  totp_required: 'A one-time code is needed. Open your authenticator and type the 6 digits',
  back_off: (p) => `Too many tries. Wait ${p.retry_after_s ?? 'some'} s, then try again`,
  internal: 'The server failed; nothing was saved. Give the request number to the administrator',
  unavailable: 'The server is busy; not done. Wait, it retries by itself',
  offline: 'The server cannot be reached. Check the network; what you typed is still here',
  idempotency_key_required: 'This page is out of date. Reload and try again',
  idempotency_key_reused: 'This differs from what was sent before. Reload and submit again',
  credit_code_check: 'The last character does not check. Compare position 18 on the licence',
  document_number_check: 'The document number does not check. Compare it digit by digit',
  area_code_form: 'An area code has 2, 4, 6, 9, 12 or 15 digits. Compare the statistical code',
  area_unknown: 'No such area code. Add it under Areas first, or choose another',
  phone_form: 'A mobile number has 11 digits and starts with 1. Check it',
  employee_no_taken: 'This site has that employee number already. Choose another, or end the other employment first',
  card_no_taken: 'This site has that card already. Use another card, or retire the old one first',
  state: 'Its present state does not allow this. Reload to see the latest',
  too_large: 'The file is too large. Split it',
  supervisor_refused: 'The supervisor was refused. Check the account and secret; it must be somebody else',
  purpose_required: 'Say first why you look. Choose one',
  page_limit: 'Too many at once. Narrow it down',
  password_too_short: 'The password is too short. At least 12 characters; a few words together are best',
  password_too_easy: 'The password is too easy to guess. Choose another, not a common one',
  pin_form: 'A PIN has 6 to 12 digits. Type it again',
  pin_too_easy: 'The PIN is too easy to guess. Not all the same, not in sequence; choose another',
  login_form: 'An account has 3 to 40 lower-case letters, digits, dots or hyphens. Change it',
  login_taken: 'This account exists already. Choose another',
  beyond_scope: 'This is outside your scope. Choose one inside it, or ask the level above',
  on_oneself: 'You cannot do this to your own account. Ask another administrator',
  cursor: 'The position in the list is no longer valid. Reload this page',
  credit_code_form: 'A credit code has 18 digits and capital letters. Compare the licence',
  area_parent_unknown: 'The area above is missing. Add it first',
  mac_form: 'A MAC address has 12 hexadecimal digits. Compare the label',
  document_kind: 'The kind of document is unknown. Choose resident ID, passport or permit',
  document_number_form: 'The document number has the wrong form. Compare the document',
  employee_no_form: 'An employee number has letters, digits and hyphens only. Change it',
  date_form: 'Write dates as 2026-02-18. Change it',
  site_unknown: 'No such site, or outside your scope. Choose again',
  enterprise_unknown: 'No such enterprise, or outside your scope. Choose again',
  gate_unknown: 'No such gate, or outside your scope. Choose again',
  shift_unknown: 'This site has no such shift. Add it to the site first',
  shift_window: 'A shift’s time or days are wrong. Check start, end and days',
  temperature_range: 'The temperature is out of range. Check it; the unit is ℃',
  override_medical: 'A medical reason stands against it: not to be changed at the gate. Ask the health authority',
  enrolment_code: 'The enrolment code is wrong or has ended. Make a new one at the desk',
  response_inactive: 'No response is running. Start one first',
  rule_outcome: 'A rule’s reason or outcome is wrong. Choose again',
  column_missing: 'The file lacks a needed column. Use the template, or add the heading',
  csv_form: 'The file is not CSV. Save it as CSV in your spreadsheet, then try again',
  speech_missing: 'The server has no voice installed. Read the screen',
  unknown_code: (p) => `Not done (${p.code ?? 'unknown'}). Give the request number to the administrator`,
};

function wordsOf(codes: ErrorCodes): (code: string, params: Params) => string {
  return (code, params) => {
    const known = Object.hasOwn(codes, code);
    const words = known ? codes[code as keyof ErrorCodes] : codes.unknown_code;
    const values = known ? params : { ...params, code };
    return typeof words === 'function' ? words(values) : words;
  };
}

export const errorWords: Record<Lang, (code: string, params: Params) => string> = { zh: wordsOf(zh), en: wordsOf(en) };
export const errorCodes = Object.keys(zh);
