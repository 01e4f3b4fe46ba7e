import { App, Button, Drawer } from 'antd';
import { useRef } from 'react';
import { del, put, type FaceState, type PersonFile } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { portrait } from '../../shared/portrait';
import { useGet, useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { EmptyState, ErrorState, LoadingState } from '../parts/states';
import { useDesk } from '../strings';

/** Her face, enrolled before somebody's eyes by a picture that is looked at and forgotten. */
export function FaceDialog({ file, onClose }: { file: PersonFile; onClose: () => void }) {
  const t = useDesk();
  const { data, error, refetch } = useGet('/people/{id}/face', { path: { id: file.id } });
  return (
    <Drawer open title={t.faces.title(file.masked_name)} onClose={onClose} size={460}>
      <p>{t.faces.lead}</p>
      {error && !data ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState /> : null}
      {data && !data.available ? <EmptyState title={t.faces.unavailable} text={t.faces.unavailableHint} /> : null}
      {data?.available && !data.consents ? <EmptyState title={t.faces.noConsent} text={t.faces.noConsentHint} /> : null}
      {data?.available && data.consents ? <Enrolled file={file} state={data} /> : null}
    </Drawer>
  );
}

function Enrolled({ file, state }: { file: PersonFile; state: FaceState }) {
  const t = useDesk();
  const { lang } = useLang();
  const { message, modal } = App.useApp();
  const input = useRef<HTMLInputElement>(null);
  const shared = { invalidates: ['people'] };
  const enrol = useSubmit<Blob, FaceState>((body, idempotencyKey) => put('/people/{id}/face/content', { path: { id: file.id }, body, idempotencyKey }), {
    ...shared, onDone: () => void message.success(t.faces.done),
  });
  const remove = useSubmit<null, FaceState>((_, idempotencyKey) => del('/people/{id}/face', { path: { id: file.id }, idempotencyKey }), {
    ...shared, onDone: () => void message.success(t.faces.removed),
  });
  const { enrolled } = state;
  const ask = (): void => void modal.confirm({
    title: t.faces.removeTitle, content: t.faces.removeConsequence, okText: t.faces.remove, okButtonProps: { danger: true }, cancelText: t.actions.cancel, onOk: () => remove.submit(null),
  });
  return (
    <>
      <p>{enrolled ? t.faces.enrolled(dayTime(enrolled.enrolled_at, lang), enrolled.channel === 'phone' ? t.faces.byPhone : (enrolled.enrolled_by ?? '')) : t.faces.none}</p>
      <p className="muted">{t.faces.how}</p>
      <ErrorAlert error={enrol.error ?? remove.error} />
      <input
        ref={input} type="file" accept="image/jpeg,image/png" capture="user" hidden aria-label={t.faces.take}
        onChange={(event) => {
          const picture = event.target.files?.[0];
          event.target.value = '';
          if (picture) void portrait(picture).then(enrol.submit);
        }}
      />
      <div className="form-row">
        <Button type="primary" loading={enrol.pending} onClick={() => input.current?.click()}>{enrolled ? t.faces.again : t.faces.take}</Button>
        {enrolled ? <Button danger loading={remove.pending} onClick={ask}>{t.faces.remove}</Button> : null}
      </div>
    </>
  );
}
