import { type Route, send } from './server';
import { within } from './within-deadline';

export interface Readiness {
  database(): Promise<boolean>;
  migrations(): Promise<boolean>;
  /** True also in a process that runs no worker. */
  worker(): boolean;
}

const CHECK_TIMEOUT_MS = 3_000;

/** 200 while the process runs. Checks no dependency: a restart would not repair one. */
export const health: Route = (_request, response) => send(response, 200, { ok: true });

/** 200 when database, migrations and worker are all fine; else 503, with false for each that is not. */
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

/** False for a check that fails or takes too long. */
function holds(check: Promise<boolean>): Promise<boolean> {
  return within(
    CHECK_TIMEOUT_MS,
    check.catch(() => false),
  );
}
