import { Avatar, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { NoticesDialog } from '../session/NoticesDialog';
import { useEndSession, useSession } from '../session/session';
import { useDesk } from '../strings';

export function AccountMenu({ compact }: { compact: boolean }) {
  const t = useDesk();
  const words = useCommon();
  const { lang, setLang } = useLang();
  const { account, scope_label } = useSession();
  const signOut = useEndSession();
  const [notices, setNotices] = useState(false);
  const items = [
    { key: 'who', disabled: true, label: <span>{account.display_name}<br /><small>{account.login}{t.gap}{words.role[account.role]}</small></span> },
    { type: 'divider' as const },
    // Only an enterprise is told things on a phone so far.
    ...(account.role === 'enterprise' ? [{ key: 'notices', label: t.notices.title, onClick: () => setNotices(true) }] : []),
    { key: 'lang', label: t.frame.switchLanguage(words.language.other), onClick: () => setLang(lang === 'zh' ? 'en' : 'zh') },
    { key: 'out', label: t.frame.signOut, onClick: () => void signOut() },
  ];
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
        <Button type="text" className="account" aria-haspopup="menu">
          {/* Said, with what is seen after it: a label of its own would hide that from those who speak to the page. */}
          <span className="sr-only">{t.frame.accountMenu(compact ? account.display_name : '')}</span>
          <Avatar size={28} style={{ background: 'var(--accent)', fontWeight: 700, fontSize: 13 }}>{[...account.display_name][0] ?? '?'}</Avatar>
          {compact ? null : <span className="account-name">{account.display_name}<small>{words.role[account.role]}{t.gap}{scope_label}</small></span>}
        </Button>
      </Dropdown>
      {notices ? <NoticesDialog onClose={() => setNotices(false)} /> : null}
    </>
  );
}
