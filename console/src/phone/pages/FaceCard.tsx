import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { del, get, put, type ApiError, type FaceState } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { portrait } from '../../shared/portrait';
import { useMyWrite } from '../data';
import { Sheet } from '../parts/Sheet';
import { Problem } from '../parts/states';
import { useWords } from '../words';

/** Her own face, once she has consented: taken with her phone, looked at, forgotten. */
export function FaceCard() {
  const t = useWords();
  const words = useCommon();
  const { lang } = useLang();
  const [removing, setRemoving] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const state = useQuery<FaceState, ApiError>({ queryKey: ['/me/face'], queryFn: ({ signal }) => get('/me/face', { signal }) });
  const enrol = useMyWrite<Blob, FaceState>((body, idempotencyKey) => put('/me/face/content', { body, idempotencyKey }), ['/me/face'], () => undefined);
  const remove = useMyWrite<void, FaceState>((_, idempotencyKey) => del('/me/face', { idempotencyKey }), ['/me/face'], () => setRemoving(false));
  if (!state.data?.consents) return null;
  const { available, enrolled } = state.data;
  const error = enrol.error ?? remove.error;
  return (
    <section className="m-card" aria-label={t.face.title}>
      <div className="m-card-head"><h2>{t.face.title}</h2></div>
      <p className="m-note">{t.face.lead}</p>
      <p className="m-note">{!available ? t.face.unavailable : enrolled ? t.face.enrolled(dayTime(enrolled.enrolled_at, lang)) : t.face.none}</p>
      {error ? <Problem>{error.isOffline ? t.offline.title : words.error(error.code, error.params)}</Problem> : null}
      {available ? <p className="m-note">{t.face.how}</p> : null}
      <input
        ref={input} type="file" accept="image/jpeg,image/png" capture="user" hidden aria-label={t.face.take}
        onChange={(event) => {
          const picture = event.target.files?.[0];
          event.target.value = '';
          if (picture) void portrait(picture).then((it) => enrol.mutate(it));
        }}
      />
      <div className="m-row-buttons">
        {available ? <button type="button" className={enrolled ? 'm-button m-grow' : 'm-button m-button-go m-grow'} disabled={enrol.isPending} onClick={() => input.current?.click()}>{enrolled ? t.face.again : t.face.take}</button> : null}
        {enrolled ? <button type="button" className="m-button m-grow" onClick={() => setRemoving(true)}>{t.face.remove}</button> : null}
      </div>
      {removing ? (
        <Sheet title={t.face.removeTitle} onClose={() => setRemoving(false)}>
          <p className="m-note">{t.face.removeSure}</p>
          <button type="button" className="m-button m-button-grave" disabled={remove.isPending} onClick={() => remove.mutate()}>{t.face.remove}</button>
          <button type="button" className="m-button" onClick={() => setRemoving(false)}>{t.cancel}</button>
        </Sheet>
      ) : null}
    </section>
  );
}
