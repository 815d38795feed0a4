import type { CSSProperties } from 'react';
import { coloursOf } from './chart-tones';
import { DisplayBlock } from './display-block';

export interface SeriesBlock {
  type: 'data_visualization';
  chart: { type: 'line' | 'bar' | 'area'; series: { name: string }[] };
}

/** Lines, bars and areas are the library's; the style sheet turns its colours into those that mean something. */
export function SeriesChart({ block }: { block: SeriesBlock }) {
  const colours = coloursOf(block.chart.series.map(({ name }) => name));
  const style = Object.fromEntries(colours.map((colour, index) => [`--series-${index + 1}`, colour]));
  return (
    <div className="series-chart" style={style as CSSProperties}>
      <DisplayBlock block={block} />
    </div>
  );
}
