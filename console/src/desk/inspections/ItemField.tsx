import { CameraOutlined } from '@ant-design/icons';
import { Button, Input, Radio } from 'antd';
import { useEffect, useId, useState } from 'react';
import type { InspectionFile } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import type { ItemDraft, ItemFault } from '../../shared/visits/model';
import type { StoredPhoto } from '../../shared/visits/store';
import { useDesk } from '../strings';

interface Props {
  item: InspectionFile['checklist']['sections'][number]['items'][number];
  draft: ItemDraft;
  fault: ItemFault | null;
  photos: StoredPhoto[];
  onChange: (change: Partial<ItemDraft>) => void;
  onPicture: (picture: Blob) => Promise<void>;
  onDrop: (photo: StoredPhoto) => void;
}

/** One item: how it is, what is wanting and until when, and photographs of it. */
export function ItemField({ item, draft, fault, photos, onChange, onPicture, onDrop }: Props) {
  const t = useDesk();
  const { lang } = useLang();
  const id = useId();
  const [broken, setBroken] = useState(false);
  const w = t.inspections;
  const take = async (file: File | undefined) => {
    if (!file) return;
    setBroken(false);
    await onPicture(file).catch(() => setBroken(true));
  };
  return (
    <div className={fault ? 'inspection-item wrong' : 'inspection-item'} role="group" aria-labelledby={`${id}-label`}>
      <div id={`${id}-label`} className="inspection-ask">{item.critical ? <em>{w.critical}</em> : null}{item.label[lang]}</div>
      <Radio.Group value={draft.finding} onChange={(event) => onChange({ finding: event.target.value as ItemDraft['finding'] })} optionType="button" options={(['good', 'defect', 'not_applicable'] as const).filter((it) => it !== 'not_applicable' || !item.critical).map((value) => ({ value, label: w.findings[value] }))} />
      <label className="inspection-camera" htmlFor={`${id}-photo`}>
        <CameraOutlined aria-hidden /> {w.takePhoto}
        <input id={`${id}-photo`} className="sr-only" type="file" accept="image/jpeg,image/png" capture="environment" onChange={(event) => { void take(event.target.files?.[0]); event.target.value = ''; }} />
      </label>
      {draft.finding === 'defect' ? (
        <div className="inspection-defect">
          <label className="inspection-label">{w.wanting}<Input.TextArea rows={2} maxLength={500} value={draft.note} aria-invalid={fault === 'note'} onChange={(event) => onChange({ note: event.target.value })} /></label>
          <label className="inspection-label">{w.fixBy}<Input type="date" value={draft.due_on} aria-invalid={fault === 'due'} onChange={(event) => onChange({ due_on: event.target.value })} /></label>
        </div>
      ) : null}
      {photos.length > 0 ? <div className="inspection-pictures">{photos.map((photo, at) => <Taken key={photo.id} photo={photo} label={w.photo(item.label[lang], at + 1, '')} onDrop={() => onDrop(photo)} />)}</div> : null}
      {broken ? <p className="bad" role="alert">{w.noPicture}</p> : null}
      {fault ? <p className="bad">{w.faults[fault]}</p> : null}
    </div>
  );
}

function Taken({ photo, label, onDrop }: { photo: StoredPhoto; label: string; onDrop: () => void }) {
  const t = useDesk();
  const words = useCommon();
  const [href, setHref] = useState('');
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([photo.bytes], { type: 'image/jpeg' }));
    setHref(made);
    return () => URL.revokeObjectURL(made);
  }, [photo.bytes]);
  return (
    <figure>
      {href ? <img src={href} alt={label} /> : null}
      <figcaption>{photo.sent ? t.inspections.sent : <>{photo.refused ? `${words.error(photo.refused, {})} ` : ''} <Button size="small" type="link" onClick={onDrop}>{t.inspections.drop}</Button></>}</figcaption>
    </figure>
  );
}
