import type { CSSProperties } from 'react';
import { coloursOf } from './chart-tones';
import { DisplayBlock } from './display-block';

export interface SeriesBlock {
  type: 'data_visualization';
  chart: { type: 'line' | 'bar' | 'area'; series: { name: string }[] };
}

/** The library draws lines, bars and areas. The style sheet replaces its colours by those with a meaning. */
export function SeriesChart({ block }: { block: SeriesBlock }) {
  const colours = coloursOf(block.chart.series.map(({ name }) => name));
  const style = Object.fromEntries(colours.map((colour, index) => [`--series-${index + 1}`, colour]));
  return (
    <div className="series-chart" style={style as CSSProperties}>
      <DisplayBlock block={block} />
    </div>
  );
}
