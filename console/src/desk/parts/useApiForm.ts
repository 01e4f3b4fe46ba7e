import type { FormInstance } from 'antd';
import { useEffect } from 'react';
import type { ApiError } from '../../api';
import { useCommon } from '../../i18n/LangProvider';

type NamePath = (string | number)[];

/** Puts a refusal at its field, in words. Returns the error that belongs to no field of this form. */
export function useFieldErrors<Values>(form: FormInstance<Values>, error: ApiError | null): ApiError | null {
  const words = useCommon();
  const fields = form as FormInstance;
  useEffect(() => {
    const path = error?.field ? fieldPath(fields, error.field) : null;
    if (!error || !path) return;
    fields.setFields([{ name: path, errors: [words.error(error.code, error.params)] }]);
    fields.scrollToField(path, { focus: true });
  }, [error, fields, words]);
  return error?.field && fieldPath(fields, error.field) ? null : error;
}

/** The server's "employment.employee_no" or "employee_no", as a field this form shows. */
export function fieldPath(form: FormInstance, field: string): NamePath | null {
  const shown = form.getFieldsError().map((it): NamePath => (Array.isArray(it.name) ? it.name : [it.name]));
  const exact = shown.find((name) => name.join('.') === field);
  if (exact) return exact;
  const last = field.split('.').pop();
  return shown.find((name) => name[name.length - 1] === last) ?? null;
}
