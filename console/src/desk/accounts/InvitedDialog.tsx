import { Button, Modal } from 'antd';
import type { AccountInvited } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { CopyField } from '../parts/CopyField';
import { useDesk } from '../strings';

/** The one-time link, shown once. */
export function InvitedDialog({ invited, onClose }: { invited: AccountInvited; onClose: () => void }) {
  const t = useDesk();
  const { lang } = useLang();
  return (
    <Modal open mask={{ closable: false }} onCancel={onClose} title={t.accounts.invited} footer={<Button type="primary" onClick={onClose}>{t.actions.close}</Button>}>
      <p className="form-lead">{t.accounts.inviteLead(invited.account.display_name)}</p>
      <CopyField label={`${t.accounts.inviteLink}${t.gap}${t.accounts.inviteUntil(dayTime(invited.expires_at, lang))}`} value={`${window.location.origin}${invited.invitation_path}`} />
    </Modal>
  );
}
