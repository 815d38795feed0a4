import path from 'node:path';
import { parseArgs } from 'node:util';
import { DemoError } from './demo-error';
import { type DemoFaults, readFaults } from './read-faults';

/** How the bot and the local Slack talk: over a WebSocket, or by signed requests. */
export type Mode = 'socket' | 'http';

export interface DemoOptions {
  /** The port of the demo's one address on 127.0.0.1. 0: chosen by the system. */
  port: number;
  mode: Mode;
  /** Absolute. It holds everything that the demo keeps. `--reset` removes it. */
  directory: string;
  reset: boolean;
  /** Makes batches to look at once the bot is ready, unless there is one already. */
  sample: boolean;
  /** The faults that are on from the start. Null: those of the last time. */
  faults: DemoFaults | null;
  /** How long the local Slack waits for the bot, and how long a trigger lives. Null: as long as in Slack. */
  slackWaitsMs: number | null;
}

type Environment = Record<string, string | undefined>;

const DEFAULT_PORT = 4400;
const MOST_SLACK_WAITS_MS = 60_000;

/**
 * Reads `--reset`, `--http` and `--sample`, and DEMO_PORT, DEMO_MODE, DEMO_FAULTS, DEMO_SLACK_WAITS_MS and DATA_DIR.
 * Throws DemoError `bad_option`.
 */
export function readOptions(args: string[], env: Environment): DemoOptions {
  const flags = readFlags(args);
  return {
    port: readPort(env.DEMO_PORT),
    mode: flags.http ? 'http' : readMode(env.DEMO_MODE),
    directory: path.resolve(env.DATA_DIR || './data', 'playground'),
    reset: flags.reset ?? false,
    sample: flags.sample ?? false,
    faults: readFaults(env.DEMO_FAULTS),
    slackWaitsMs: readSlackWaits(env.DEMO_SLACK_WAITS_MS),
  };
}

const FLAGS = {
  reset: { type: 'boolean' },
  http: { type: 'boolean' },
  sample: { type: 'boolean' },
} as const;

function readFlags(args: string[]): { reset?: boolean; http?: boolean; sample?: boolean } {
  try {
    return parseArgs({ args, options: FLAGS }).values;
  } catch (cause) {
    throw new DemoError(
      'bad_option',
      'The demo knows three flags: `npm run demo -- --reset` starts afresh, `npm run demo -- --http` lets Slack call the bot over HTTP, `npm run demo -- --sample` starts with batches in it.',
      { cause },
    );
  }
}

function readPort(text: string | undefined): number {
  if (!text) return DEFAULT_PORT;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new DemoError('bad_option', 'DEMO_PORT must be a whole number up to 65535.');
}

/** For a machine that is so busy that the bot misses Slack's three seconds. */
function readSlackWaits(text: string | undefined): number | null {
  if (!text) return null;
  const ms = Number(text);
  if (/^\d+$/.test(text) && ms > 0 && ms <= MOST_SLACK_WAITS_MS) return ms;
  throw new DemoError(
    'bad_option',
    `DEMO_SLACK_WAITS_MS must be a whole number up to ${MOST_SLACK_WAITS_MS}.`,
  );
}

function readMode(text: string | undefined): Mode {
  if (!text || text === 'socket') return 'socket';
  if (text === 'http') return 'http';
  throw new DemoError('bad_option', 'DEMO_MODE must be socket or http.');
}
