// The draft of an open page: typed into, saved by itself, checked at once.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { get, isApiError, patch, type ApplicationFile } from '../../api';
import { Saver, type Saving } from '../../shared/forms/saving';
import { check, type Checked } from '../../shared/forms/rules';
import { getKey, useInvalidate } from '../data';
import { applicantOf, fileCounts } from './model';

export interface Draft extends Saving {
  saver: Saver;
  checked: Checked;
  /** Nothing is left to save and nothing to settle. */
  clean: boolean;
}

export function useDraft(file: ApplicationFile): Draft {
  const client = useQueryClient();
  const invalidate = useInvalidate();
  const { id } = file.application;
  const [now, setNow] = useState<Saving | null>(null);
  const [saver] = useState(() => {
    const args = { path: { id } };
    const key = getKey('/applications/{id}', args);
    const version = file.form_version;
    return new Saver({ revision: file.revision, answers: file.answers }, null, {
      send: async (changes, cleared, from_revision) => {
        const saved = await patch('/applications/{id}/answers', { ...args, body: { changes, cleared, from_revision } });
        client.setQueryData<ApplicationFile>(key, (it) => {
          if (!it || saved.revision !== it.revision + 1) return it;
          const left = Object.entries(it.answers).filter(([name]) => !cleared.includes(name));
          return { ...it, answers: { ...Object.fromEntries(left), ...changes }, revision: saved.revision, asked: saved.asked, faults: saved.faults };
        });
        if (saved.form_version !== version) invalidate('applications');
        return saved;
      },
      read: async () => {
        const read = await get('/applications/{id}', args);
        client.setQueryData(key, read);
        return read;
      },
      isClash: (error) => isApiError(error) && error.code === 'answer_changed',
      isPassing: (error) => isApiError(error) && error.isUncertain,
      after: (ms, run) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      onChange: setNow,
    });
  });
  useEffect(() => saver.seen({ revision: file.revision, answers: file.answers }), [saver, file.revision, file.answers]);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (saver.isDirty()) event.preventDefault();
    };
    const online = () => void saver.flush();
    saver.reopen();
    window.addEventListener('beforeunload', warn);
    window.addEventListener('online', online);
    return () => {
      window.removeEventListener('beforeunload', warn);
      window.removeEventListener('online', online);
      // Whoever leaves the page has still typed it.
      void saver.flush();
      saver.close();
    };
  }, [saver]);
  const saving = now ?? saver.now;
  const checked = useMemo(
    () => check(file.form, saving.answers, applicantOf(file.application), fileCounts(file.attachments)),
    [file.form, file.application, file.attachments, saving.answers],
  );
  return { ...saving, saver, checked, clean: !saver.isDirty() && saving.state !== 'saving' };
}
