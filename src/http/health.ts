import { type Route, send } from './server';
import { within } from './within-deadline';

export interface Readiness {
  /** Whether the database answers. */
  database(): Promise<boolean>;
  /** Whether it takes writes: a standby answers, and so does a server whose disk is full. */
  writes(): Promise<boolean>;
  /** Whether people can reach the bot. True also in a process that does not serve them. */
  slack(): boolean;
  /** Whether jobs are taken. True also in a process that runs no worker. */
  worker(): boolean;
}

const CHECK_TIMEOUT_MS = 3_000;

/** 200 while the process runs. Checks no dependency: a restart would not repair one. */
export const health: Route = (_request, response) => send(response, 200, { ok: true });

/** 200 when database, writes, slack and worker are all fine; else 503, with false for each that is not. */
export function ready(readiness: Readiness): Route {
  return async (_request, response) => {
    const [database, writes] = await Promise.all([holds(readiness.database()), holds(readiness.writes())]);
    const checks = { database, writes, slack: readiness.slack(), worker: readiness.worker() };
    const ok = Object.values(checks).every(Boolean);
    send(response, ok ? 200 : 503, { ok, ...checks });
  };
}

/** False for a check that fails or takes too long. */
function holds(check: Promise<boolean>): Promise<boolean> {
  return within(
    CHECK_TIMEOUT_MS,
    check.catch(() => false),
  );
}
