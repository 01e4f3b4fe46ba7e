import { Button } from 'antd';
import { useState, type Dispatch, type SetStateAction } from 'react';
import type { Strokes } from '../../shared/forms/signature';
import { SignatureDrawn, SignatureFrame } from '../../shared/forms/SignatureFrame';
import { useDesk } from '../strings';

/** A frame to sign in, and a way to begin anew. */
export function SignaturePad({ value, onChange, describedBy }: { value: Strokes; onChange: Dispatch<SetStateAction<Strokes>>; describedBy: string }) {
  const t = useDesk();
  const w = t.applications.pledge;
  const [begun, begin] = useState(0);
  return (
    <div className="sign">
      <SignatureFrame key={begun} value={value} onChange={onChange} label={w.pad} describedBy={describedBy} />
      <Button size="small" disabled={value.length === 0} onClick={() => { begin((it) => it + 1); onChange([]); }}>{w.clear}</Button>
    </div>
  );
}

/** A signature as it was drawn. */
export function Signature({ strokes, label }: { strokes: number[][][]; label: string }) {
  const t = useDesk();
  return <SignatureDrawn strokes={strokes} label={t.applications.pledge.image(label)} />;
}
