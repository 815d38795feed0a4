import type { BenchSystem } from '../bench-system';

export const CALLBACK_SECRET = 'bench-callback-secret';

/** What somebody does to a bot. Ends when it is done, or has been cut off. */
export interface Attack {
  name: string;
  run(system: BenchSystem, bot: { port: number }): Promise<void>;
}
