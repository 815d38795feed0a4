/** One line of the table: a figure, the ratio to what stands beside it, and what was to be reached. */
export interface Result {
  measured: string;
  figure: string;
  against: string;
  ratio: number;
  target: string;
}

/** As the table writes a time. */
export const inSeconds = (seconds: number) => `${seconds.toFixed(1)} s`;
