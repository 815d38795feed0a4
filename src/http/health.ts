import { type Route, send } from './server';

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
      within(readiness.database()),
      within(readiness.migrations()),
    ]);
    const checks = { database, migrations, worker: readiness.worker() };
    const ok = Object.values(checks).every(Boolean);
    send(response, ok ? 200 : 503, { ok, ...checks });
  };
}

async function within(check: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), CHECK_TIMEOUT_MS);
  });
  return Promise.race([check.catch(() => false), late]).finally(() => clearTimeout(timer));
}
