import { useState } from 'react';
import { useGet } from '../data';
import { Picker, type PickerProps } from '../parts/PlacePicker';
import { useDebounced } from '../parts/useDebounced';
import { useDesk } from '../strings';

function useTyped(): [string | undefined, (text: string) => void] {
  const [text, setText] = useState('');
  const settled = useDebounced(text.trim(), 250);
  return [settled || undefined, setText];
}

/** Officers at work; `without` leaves one out. */
export function OfficerPicker({ without, ...props }: PickerProps & { without?: string }) {
  const t = useDesk();
  const [search, onSearch] = useTyped();
  const found = useGet('/officers', { query: { search, limit: 30 } }, { keep: true });
  const own = useGet('/officers/{id}', { path: { id: props.value ?? '' } }, { enabled: Boolean(props.value) && !props.knownName });
  return (
    <Picker
      {...props} onSearch={onSearch} loading={found.isFetching}
      choices={(found.data?.items ?? []).filter((it) => !it.disabled && it.id !== without).map((it) => ({ value: it.id, label: it.name, second: t.grid.loadOf(String(it.enterprises), String(it.premises)) }))}
      picked={props.value ? { value: props.value, label: props.knownName ?? own.data?.name ?? '…' } : null}
    />
  );
}

export function PremisesPicker(props: PickerProps) {
  const [search, onSearch] = useTyped();
  const found = useGet('/premises', { query: { search, limit: 30 } }, { keep: true });
  const own = useGet('/premises/{id}', { path: { id: props.value ?? '' } }, { enabled: Boolean(props.value) && !props.knownName });
  return (
    <Picker
      {...props} onSearch={onSearch} loading={found.isFetching}
      choices={(found.data?.items ?? []).map((it) => ({ value: it.id, label: it.name, second: it.address }))}
      picked={props.value ? { value: props.value, label: props.knownName ?? own.data?.name ?? '…' } : null}
    />
  );
}
