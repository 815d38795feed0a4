import { type Route, send } from './server';
import { within } from './within-deadline';

export interface Readiness {
  /** Whether the database answers. */
  database(): Promise<boolean>;
  /** Whether it takes writes: a standby answers, and so does a server whose disk is full. */
  writes(): Promise<boolean>;
  /** False where people cannot be heard or answered. True also in a process that serves none. */
  slack(): boolean;
  /** Whether people reach this process over that connection alone (Socket Mode), so that it is of no use without it. */
  needsSlack: boolean;
  /** Whether jobs are taken. True also in a process that runs no worker. */
  worker(): boolean;
}

const CHECK_TIMEOUT_MS = 3_000;

/** 200 while the process runs. Checks no dependency: a restart would not repair one. */
export const health: Route = (_request, response) => send(response, 200, { ok: true });

/**
 * 200 when all is fine; else 503, with false for each that is not. In HTTP mode Slack is shown and does not count:
 * what providers push must still reach this process.
 */
export function ready(readiness: Readiness): Route {
  return async (_request, response) => {
    const [database, writes] = await Promise.all([holds(readiness.database()), holds(readiness.writes())]);
    const [slack, worker] = [readiness.slack(), readiness.worker()];
    const ok = database && writes && worker && (slack || !readiness.needsSlack);
    send(response, ok ? 200 : 503, { ok, database, writes, slack, worker });
  };
}

/** False for a check that fails or takes too long. */
function holds(check: Promise<boolean>): Promise<boolean> {
  return within(
    CHECK_TIMEOUT_MS,
    check.catch(() => false),
  );
}
