import { Button } from 'antd';
import { useCommon, useLang } from '../../i18n/LangProvider';

export function LangSwitch() {
  const { lang, setLang } = useLang();
  const words = useCommon();
  const other = lang === 'zh' ? 'en' : 'zh';
  return (
    <Button type="text" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => setLang(other)}>
      {words.language.other}
    </Button>
  );
}
