import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { onSessionLost, openLive, type AlarmView, type DeskEvents, type LiveState } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { getKey } from '../data';
import { paths } from '../paths';
import { SESSION_KEY, useCan } from '../session/session';
import { useDesk } from '../strings';

const LiveContext = createContext<LiveState>({ kind: 'connecting' });

export function useLiveState(): LiveState {
  return useContext(LiveContext);
}

/** One feed for the whole desk: keeps the alarm lists and the overview fresh, and says when a critical alarm is raised. */
export function LiveFeed({ children }: { children: ReactNode }) {
  const can = useCan();
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>({ kind: 'connecting' });
  const announce = useAnnounce();
  const announceRef = useRef(announce);
  useEffect(() => {
    announceRef.current = announce;
  });
  const listens = can('read_alarms') || can('read_screenings');

  useEffect(() => {
    if (!listens) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // A burst of alarms refetches the lists once.
    const refresh = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void client.invalidateQueries({ queryKey: ['alarms'] });
      }, 400);
    };
    const live = openLive<DeskEvents>({
      path: '/live',
      on: {
        alarm: (alarm) => {
          refresh();
          announceRef.current(alarm);
        },
        screening_counts: (overview) => client.setQueryData(getKey('/overview', {}), overview),
      },
      onState: (next) => {
        setState(next);
        // The server closes the feed when the session or the role changes: ask again who we are.
        if (next.kind === 'ended') void client.invalidateQueries({ queryKey: SESSION_KEY });
      },
    });
    const unsubscribe = onSessionLost(() => live.close());
    return () => {
      clearTimeout(timer);
      unsubscribe();
      live.close();
    };
  }, [client, listens]);

  return <LiveContext value={state}>{children}</LiveContext>;
}

function useAnnounce(): (alarm: AlarmView) => void {
  const { notification } = App.useApp();
  const navigate = useNavigate();
  const words = useCommon();
  const t = useDesk();
  return (alarm) => {
    if (alarm.state !== 'raised' || alarm.severity !== 'critical') return;
    notification.error({
      key: alarm.id,
      title: words.alarmKind[alarm.kind],
      description: [alarm.site_name, alarm.gate_name].filter(Boolean).join(words.gap) || t.frame.alarmOpen,
      duration: 12,
      onClick: () => {
        notification.destroy(alarm.id);
        void navigate(paths.alarms({ state: 'open', open: alarm.id }));
      },
    });
  };
}
