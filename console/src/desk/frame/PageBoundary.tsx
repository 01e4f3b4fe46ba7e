import { WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Component, type ReactNode } from 'react';
import { State } from '../parts/states';
import { DeskStringsContext } from '../strings';

interface BoundaryState { broken: boolean }

/** A page that breaks does not take the frame with it. */
export class PageBoundary extends Component<{ children: ReactNode }, BoundaryState> {
  static override contextType = DeskStringsContext;
  declare context: React.ContextType<typeof DeskStringsContext>;
  override state: BoundaryState = { broken: false };

  static getDerivedStateFromError(): BoundaryState {
    return { broken: true };
  }

  override render(): ReactNode {
    const t = this.context;
    if (!this.state.broken || !t) return this.props.children;
    const reload = <Button onClick={() => window.location.reload()}>{t.actions.reload}</Button>;
    return <State icon={<WarningOutlined />} title={t.states.pageBroken} text={t.states.pageBrokenHint} action={reload} alert />;
  }
}
