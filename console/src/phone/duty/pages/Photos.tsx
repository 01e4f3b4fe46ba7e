import { useEffect, useState } from 'react';
import { clock } from '../../../shared/format';
import type { StoredPhoto } from '../../../shared/visits/store';
import { useCommon } from '../../../i18n/LangProvider';
import { useDutyWords } from '../words';

/** Photographs that lie on this phone: when and whether where, and whether they have arrived. */
export function Photos({ photos, onDrop }: { photos: StoredPhoto[]; onDrop: (photo: StoredPhoto) => void }) {
  return photos.length === 0 ? null : <div className="d-photos">{photos.map((it, at) => <Photo key={it.id} photo={it} at={at + 1} onDrop={onDrop} />)}</div>;
}

function Photo({ photo, at, onDrop }: { photo: StoredPhoto; at: number; onDrop: (photo: StoredPhoto) => void }) {
  const t = useDutyWords().item;
  const words = useCommon();
  const [href, setHref] = useState('');
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([photo.bytes], { type: 'image/jpeg' }));
    setHref(made);
    return () => URL.revokeObjectURL(made);
  }, [photo.bytes]);
  return (
    <figure>
      {href ? <img src={href} alt={t.photo(at, clock(photo.taken_at, true))} /> : null}
      <figcaption>
        {clock(photo.taken_at)} {photo.position ? t.placed : t.unplaced}<br />
        {photo.sent ? t.sent : photo.refused ? `${t.notTaken}${words.gap}${words.error(photo.refused, {})}` : t.unsent}
      </figcaption>
      {photo.sent ? null : <button type="button" className="m-link" onClick={() => onDrop(photo)}>{t.drop}</button>}
    </figure>
  );
}
