import { Select } from 'antd';
import { useState } from 'react';
import { useGet } from '../data';
import { useDesk } from '../strings';
import { useDebounced } from './useDebounced';

export interface PickerProps {
  value?: string | null;
  onChange?: (value: string | undefined) => void;
  id?: string;
  label: string;
  /** As a filter chip, with the label inside. */
  chip?: boolean;
  /** Known already, so that it need not be fetched. */
  knownName?: string | null;
  disabled?: boolean;
  autoFocus?: boolean;
}

interface Choice { value: string; label: string; second?: string }

export function Picker({ choices, picked, onSearch, loading, ...props }: PickerProps & { choices: Choice[]; picked: Choice | null; onSearch: (text: string) => void; loading: boolean }) {
  const t = useDesk();
  const options = picked && !choices.some((it) => it.value === picked.value) ? [picked, ...choices] : choices;
  const set = Boolean(props.value);
  return (
    <Select<string>
      id={props.id} aria-label={props.label} value={props.value || null} options={options} disabled={props.disabled} autoFocus={props.autoFocus}
      showSearch={{ onSearch, filterOption: false }} allowClear loading={loading}
      popupMatchSelectWidth={props.chip ? 280 : true} size={props.chip ? 'small' : undefined}
      className={props.chip ? (set ? 'chip set' : 'chip') : undefined} prefix={props.chip ? props.label : undefined}
      placeholder={props.chip ? t.list.all : t.list.pick}
      optionRender={(option) => <span className="found"><span>{option.data.label}</span><small>{option.data.second}</small></span>}
      onChange={(next: string | undefined) => props.onChange?.(next ?? undefined)}
    />
  );
}

function useTyped(): [string | undefined, (text: string) => void] {
  const [text, setText] = useState('');
  const settled = useDebounced(text.trim(), 250);
  return [settled || undefined, setText];
}

export function AreaPicker(props: PickerProps) {
  const [search, onSearch] = useTyped();
  const found = useGet('/areas', { query: { search: search ?? '', limit: 30 } }, { keep: true });
  const unknown = props.value && !props.knownName ? props.value : '';
  const own = useGet('/areas', { query: { search: unknown, limit: 1 } }, { enabled: Boolean(unknown) });
  const name = props.knownName ?? own.data?.items.find((it) => it.code === props.value)?.name;
  return (
    <Picker
      {...props} onSearch={onSearch} loading={found.isFetching}
      choices={(found.data?.items ?? []).map((it) => ({ value: it.code, label: it.name, second: it.code }))}
      picked={props.value ? { value: props.value, label: name ?? props.value, second: props.value } : null}
    />
  );
}

export function EnterprisePicker(props: PickerProps) {
  const [search, onSearch] = useTyped();
  const found = useGet('/enterprises', { query: { search, limit: 30 } }, { keep: true });
  const own = useGet('/enterprises/{id}', { path: { id: props.value ?? '' } }, { enabled: Boolean(props.value) && !props.knownName });
  return (
    <Picker
      {...props} onSearch={onSearch} loading={found.isFetching}
      choices={(found.data?.items ?? []).map((it) => ({ value: it.id, label: it.name, second: it.area_name }))}
      picked={props.value ? { value: props.value, label: props.knownName ?? own.data?.name ?? '…' } : null}
    />
  );
}

export function SitePicker(props: PickerProps) {
  const [search, onSearch] = useTyped();
  const found = useGet('/sites', { query: { search, limit: 30 } }, { keep: true });
  const own = useGet('/sites/{id}', { path: { id: props.value ?? '' } }, { enabled: Boolean(props.value) && !props.knownName });
  return (
    <Picker
      {...props} onSearch={onSearch} loading={found.isFetching}
      choices={(found.data?.items ?? []).map((it) => ({ value: it.id, label: it.name, second: it.enterprise_name ?? it.area_name }))}
      picked={props.value ? { value: props.value, label: props.knownName ?? own.data?.name ?? '…' } : null}
    />
  );
}

export function GatePicker({ siteId, ...props }: PickerProps & { siteId?: string }) {
  const [search, onSearch] = useTyped();
  const found = useGet('/gates', { query: { search, site_id: siteId, limit: 30 } }, { keep: true });
  const own = useGet('/gates/{id}', { path: { id: props.value ?? '' } }, { enabled: Boolean(props.value) && !props.knownName });
  return (
    <Picker
      {...props} onSearch={onSearch} loading={found.isFetching}
      choices={(found.data?.items ?? []).map((it) => ({ value: it.id, label: it.name, second: it.site_name }))}
      picked={props.value ? { value: props.value, label: props.knownName ?? own.data?.name ?? '…' } : null}
    />
  );
}
