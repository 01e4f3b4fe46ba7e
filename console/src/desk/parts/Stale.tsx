import { Alert, Button } from 'antd';
import type { Edited } from './useEdited';

interface Words { stale: string; staleHint: string; staleTake: string; staleMine: string }

/** Somebody else was faster: nothing that was typed is lost, and nothing of theirs is overwritten unseen. */
export function Stale<Value>({ edited, words }: { edited: Edited<Value>; words: Words }) {
  if (!edited.stale) return null;
  return (
    <Alert
      type="warning" showIcon role="alert" title={words.stale} description={words.staleHint}
      action={<div className="stale-acts"><Button size="small" onClick={edited.takeTheirs}>{words.staleTake}</Button><Button size="small" onClick={edited.keepMine}>{words.staleMine}</Button></div>}
    />
  );
}
