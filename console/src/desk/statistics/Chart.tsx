import type { EChartsCoreOption } from 'echarts/core';
import { useEffect, useRef } from 'react';
import { echarts } from './chart';

/** A drawing; whoever does not see it has the table beside it and its name. */
export function Chart({ option, label, height }: { option: EChartsCoreOption; label: string; height: number }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!frame.current) return undefined;
    const chart = echarts.init(frame.current, undefined, { renderer: 'svg' });
    chart.setOption(option);
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(frame.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [option]);
  return <div ref={frame} className="statistic-chart" style={{ height }} role="img" aria-label={label} />;
}
