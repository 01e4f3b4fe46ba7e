import { useCommon, useLang } from '../../i18n/LangProvider';
import { day } from '../../shared/format';
import { ruleLines } from '../../shared/statusRules';
import { useMine } from '../data';
import { SubScreen } from '../parts/Screen';
import { Failed, Waiting } from '../parts/states';
import { useWords } from '../words';

/** What leads to which colour, for everybody whom it judges. */
export function RulesPage() {
  const t = useWords();
  const words = useCommon();
  const { lang } = useLang();
  const rules = useMine('/me/status-rules');
  return (
    <SubScreen title={t.rules.title} back="/">
      {rules.isPending ? <Waiting /> : null}
      {rules.error ? <Failed error={rules.error} retry={() => void rules.refetch()} /> : null}
      {rules.data ? (
        <>
          <p className="m-note">{t.rules.version(rules.data.version, rules.data.valid_from ? day(rules.data.valid_from, lang) : null)}</p>
          <ul className="m-list">{ruleLines(rules.data.rules, words).map((it) => <li key={it}>{it}</li>)}</ul>
        </>
      ) : null}
    </SubScreen>
  );
}
