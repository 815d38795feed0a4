import { useWords } from '../words/use-words';
import { coloursOf } from './chart-tones';

export interface PieBlock {
  type: 'data_visualization';
  title: string;
  chart: { type: 'pie'; segments: { label: string; value: number }[] };
}

/** Around a circle of this radius a length is a share in percent. */
const RADIUS = 50 / Math.PI;

/**
 * Drawn by us, because the library colours by position and has four colours for six slices. Shares are cut off, not
 * rounded: only a slice that is everything shows 100%.
 */
export function PieChart({ block }: { block: PieBlock }) {
  const { locale } = useWords();
  const { segments } = block.chart;
  const colours = coloursOf(segments.map(({ label }) => label));
  const total = segments.reduce((sum, { value }) => sum + value, 0);
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const slices = segments.map(({ label, value }, index) => {
    const before = segments.slice(0, index).reduce((sum, one) => sum + one.value, 0);
    return { label, value, colour: colours[index], share: value / total, start: before / total };
  });
  return (
    <figure className="pie-chart">
      <figcaption>{block.title}</figcaption>
      <svg viewBox="0 0 64 64" aria-hidden="true">
        {slices.map(({ label, colour, share, start }) => (
          <circle
            key={label}
            stroke={colour}
            r={RADIUS}
            cx="32"
            cy="32"
            pathLength="100"
            strokeDasharray={`${share * 100} ${100 - share * 100}`}
            strokeDashoffset={-start * 100}
          />
        ))}
      </svg>
      <ul>
        {slices.map(({ label, value, colour, share }) => (
          <li key={label}>
            <i style={{ background: colour }} />
            <span>{label}</span>
            <b>{number.format(value)}</b>
            <small>{percent.format(Math.floor(share * 1000) / 1000)}</small>
          </li>
        ))}
      </ul>
    </figure>
  );
}
