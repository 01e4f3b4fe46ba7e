import { useQueryClient } from '@tanstack/react-query';
import type { DataNode } from 'antd/es/tree';
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { ApiError, get, type AreaView } from '../../api';

const ROOT = 'root';

/** The area tree, a level at a time; `beside` is what stands beside a name. */
export function useAreaTree(beside?: (area: AreaView) => ReactNode) {
  const client = useQueryClient();
  const [children, setChildren] = useState<Record<string, AreaView[]>>({});
  const [expanded, setExpanded] = useState<string[]>([]);
  const [error, setError] = useState<ApiError | null>(null);

  const load = useCallback(
    async (parent: string) => {
      try {
        const areas: AreaView[] = [];
        let cursor: string | undefined;
        do {
          const page = await get('/areas', { query: { parent, limit: 200, cursor } });
          areas.push(...page.items);
          cursor = page.next ?? undefined;
        } while (cursor && areas.length < 2000);
        setChildren((before) => ({ ...before, [parent]: areas }));
        // Nothing to choose between: show what is below at once.
        const only = areas.length === 1 ? areas[0] : undefined;
        if (only) setExpanded((before) => (before.includes(only.code) ? before : [...before, only.code]));
        setError(null);
      } catch (thrown) {
        setError(thrown instanceof ApiError ? thrown : new ApiError(0, { code: 'internal' }));
      }
    },
    [],
  );
  useEffect(() => void load(ROOT), [load]);

  const nodes = useMemo(() => {
    const node = (area: AreaView): DataNode => {
      const below = children[area.code];
      return { key: area.code, title: <span>{area.name}<small>{area.code}</small>{beside?.(area)}</span>, isLeaf: area.kind === 'grid' || below?.length === 0, children: below?.map(node) };
    };
    return (children[ROOT] ?? []).map(node);
  }, [children, beside]);

  const find = useCallback((code: string) => Object.values(children).flat().find((area) => area.code === code) ?? null, [children]);
  const refresh = useCallback(
    async (area: AreaView) => {
      void client.invalidateQueries({ queryKey: ['areas'] });
      const parent = area.parent_code !== null && children[area.parent_code] ? area.parent_code : ROOT;
      await load(parent);
    },
    [client, children, load],
  );
  return { nodes, expanded, setExpanded, error, loading: !children[ROOT] && !error, load, find, refresh, reload: () => void load(ROOT) };
}
