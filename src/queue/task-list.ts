import type { JobHelpers, Task, TaskList } from 'graphile-worker';
import type { Log } from '../log';
import { FORMER_NAMES, parsePayload } from './former-jobs';
import type { JobHandlers, JobKind } from './jobs';

/**
 * A task for each name that a job of these kinds may wait under: the kind's name today and its former names, each
 * alone (any bot may do the job) and with the workspace (only that workspace's bot may).
 */
export function createTaskList(
  kinds: readonly JobKind[],
  { handlers, workspaceId, log }: { handlers: JobHandlers; workspaceId: string; log: Log },
): TaskList {
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const task = createTask(kind, handlers, log);
      return namesOf(kind).flatMap((name) => [
        [name, task],
        [`${name}:${workspaceId}`, task],
      ]);
    }),
  );
}

function createTask<K extends JobKind>(kind: K, handlers: JobHandlers, log: Log): Task {
  return async (payload: unknown, { job }: JobHelpers) => {
    try {
      await handlers[kind](parsePayload(kind, payload), job.attempts);
    } catch (error) {
      log.error({ err: error, job: kind, payload }, 'a job failed and will be tried again');
      throw error;
    }
  };
}

function namesOf(kind: JobKind): string[] {
  return [kind, ...Object.keys(FORMER_NAMES).filter((name) => FORMER_NAMES[name] === kind)];
}
