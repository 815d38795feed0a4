import { type Route, send } from './server';
import { within } from './within';

export interface Readiness {
  database(): Promise<boolean>;
  migrations(): Promise<boolean>;
  /** True in a process that has no worker to be alive. */
  worker(): boolean;
}

const CHECK_TIMEOUT_MS = 3_000;

/** The process runs and answers. Says nothing of what it depends on: a restart would not mend that. */
export const health: Route = (_request, response) => send(response, 200, { ok: true });

/** Work can be done: database reachable, migrations done, worker alive. 503 names what is not. */
export function ready(readiness: Readiness): Route {
  return async (_request, response) => {
    const [database, migrations] = await Promise.all([
      holds(readiness.database()),
      holds(readiness.migrations()),
    ]);
    const checks = { database, migrations, worker: readiness.worker() };
    const ok = Object.values(checks).every(Boolean);
    send(response, ok ? 200 : 503, { ok, ...checks });
  };
}

/** What fails, or takes too long, is not so. */
function holds(check: Promise<boolean>): Promise<boolean> {
  return within(
    CHECK_TIMEOUT_MS,
    check.catch(() => false),
  );
}
