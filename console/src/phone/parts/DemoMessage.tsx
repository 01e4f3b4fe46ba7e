import { useEffect, useState } from 'react';
import { get } from '../../api';
import { useWords } from '../words';

/** The demo shows what would have been sent; any other server has no such page. */
export function DemoMessage({ phone }: { phone: string }) {
  const t = useWords();
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    let left = 10;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      left -= 1;
      get('/demo/messages', { query: { phone } }).then(
        ({ items }) => {
          setText(items[0]?.text ?? null);
          if (left > 0) timer = setTimeout(ask, 1000);
        },
        () => undefined,
      );
    };
    ask();
    return () => clearTimeout(timer);
  }, [phone]);
  return text ? <div className="m-demo"><small>{t.signIn.demo}</small><br />{text}</div> : null;
}
