import { useLang } from '../../i18n/LangProvider';
import { day, dayCount, weekday } from '../../shared/format';
import { useNow } from '../parts/useNow';
import { useSession } from '../session/session';
import { useDesk } from '../strings';

/** Which area, under which response, on which day. */
export function ResponseStrip() {
  const t = useDesk();
  const { lang } = useLang();
  const { response, scope_label } = useSession();
  const now = useNow(60_000);
  return (
    <div className="strip">
      <b>{response?.area_name ?? scope_label}</b>
      {response?.active
        ? <><span>{response.name}{t.gap}{t.frame.responseDay(dayCount(response.starts_at, now))}</span><span className="strip-basis">{t.frame.basis}{t.gap}{response.legal_basis}</span></>
        : <span>{t.frame.noResponse}</span>}
      <span className="strip-date">{day(now, lang)} {weekday(now, lang)}</span>
    </div>
  );
}
