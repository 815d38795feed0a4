/** One line of the table: a figure, its baseline, their ratio, and the target for the ratio. */
export interface Result {
  measured: string;
  figure: string;
  against: string;
  ratio: number;
  target: string;
}

/** A time as the table shows it. */
export const inSeconds = (seconds: number) => `${seconds.toFixed(1)} s`;
