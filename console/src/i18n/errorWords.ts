// Words for the server's error codes: what is so, then what to do. The server sends codes only.
import type { Lang } from './lang';

type Params = Record<string, string>;
type Words = string | ((params: Params) => string);
interface ErrorCodes {
  not_signed_in: Words; csrf: Words; forbidden: Words; not_found: Words; conflict: Words; invalid: Words; required: Words; too_long: Words;
  taken: Words; credentials_wrong: Words; totp_required: Words; totp_wrong: Words; back_off: Words; internal: Words; unavailable: Words; offline: Words;
  idempotency_key_required: Words; idempotency_key_reused: Words; credit_code_check: Words; document_number_check: Words;
  area_code_form: Words; area_unknown: Words; phone_form: Words; employee_no_taken: Words; card_no_taken: Words; state: Words;
  too_large: Words; supervisor_refused: Words; purpose_required: Words; page_limit: Words; client_key_mismatch: Words; unknown_code: Words;
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
  totp_wrong: '动态口令不对。请用验证器里当前的 6 位数字',
  back_off: (p) => `试得太多了。请等 ${p.retry_after_s ?? '几'} 秒再试`,
  internal: '服务器出错，没有保存。请把请求编号告诉管理员',
  unavailable: '服务器正忙，没有完成。请稍候，会自动重试',
  offline: '连不上服务器。请检查网络，内容还在这一页',
  idempotency_key_required: '页面版本太旧。刷新后再试一次',
  idempotency_key_reused: '这次提交和上一次内容不同。请刷新后重新提交',
  credit_code_check: '信用代码最后一位不对。请对照营业执照第 18 位',
  document_number_check: '证件号校验位不对。请对照证件逐位核对',
  area_code_form: '区域代码应为 6、9、12 位数字或网格号。请对照统计代码',
  area_unknown: '没有这个区域代码。请先在区域里添加，或换一个',
  phone_form: '手机号应为 11 位数字，以 1 开头。请核对',
  employee_no_taken: '本场所已有这个工号。请换一个，或先办理原人员离职',
  card_no_taken: '本场所已有这个卡号。请换一张卡，或先停用原卡',
  state: '它现在的状态不允许这样做。请刷新，看最新状态',
  too_large: '文件太大。请分成几个再传',
  supervisor_refused: '主管没有通过。请核对主管账号和口令，且不能是本人',
  purpose_required: '要先说明查看目的。请选一项',
  page_limit: '一次要得太多。请缩小范围',
  client_key_mismatch: '提交编号前后不一致。请刷新后重新提交',
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
  totp_wrong: 'The one-time code is wrong. Use the 6 digits your authenticator shows now',
  back_off: (p) => `Too many tries. Wait ${p.retry_after_s ?? 'some'} s, then try again`,
  internal: 'The server failed; nothing was saved. Give the request number to the administrator',
  unavailable: 'The server is busy; not done. Wait, it retries by itself',
  offline: 'The server cannot be reached. Check the network; what you typed is still here',
  idempotency_key_required: 'This page is out of date. Reload and try again',
  idempotency_key_reused: 'This differs from what was sent before. Reload and submit again',
  credit_code_check: 'The last character does not check. Compare position 18 on the licence',
  document_number_check: 'The document number does not check. Compare it digit by digit',
  area_code_form: 'An area code has 6, 9 or 12 digits, or a grid number. Compare the statistical code',
  area_unknown: 'No such area code. Add it under Areas first, or choose another',
  phone_form: 'A mobile number has 11 digits and starts with 1. Check it',
  employee_no_taken: 'This site has that employee number already. Choose another, or end the other employment first',
  card_no_taken: 'This site has that card already. Use another card, or retire the old one first',
  state: 'Its present state does not allow this. Reload to see the latest',
  too_large: 'The file is too large. Split it',
  supervisor_refused: 'The supervisor was refused. Check the account and secret; it must be somebody else',
  purpose_required: 'Say first why you look. Choose one',
  page_limit: 'Too many at once. Narrow it down',
  client_key_mismatch: 'The entry’s keys differ. Reload and submit again',
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
