import { setInterval as every } from 'node:timers';
import type { JobResult } from '../../queue/job-result';
import type { AppContext } from '../app-context';
import { endLongRequest, findRunning, markStarted, type RunningRequest } from './long-requests.sql';

/** Somebody has stopped a request while it waited or ran. */
export class RequestStopped extends Error {
  /** `stoppedBy`: the user; null: the operator. */
  constructor(readonly stoppedBy: string | null) {
    super('Somebody has stopped this request.');
    this.name = 'RequestStopped';
  }
}

/** What the work on a request must know. */
export interface LongRun {
  /** Fires once somebody has stopped it, with a RequestStopped as its reason. */
  stop: AbortSignal;
  /** Null: not known. */
  askedAt: Date | null;
}

/** Of work that no row stands for: it cannot be stopped. */
export const UNWATCHED: LongRun = { stop: new AbortController().signal, askedAt: null };

/** So quickly a stop is noticed, in whatever process the work is. */
const LOOK_EVERY_MS = 1_000;

/** Works on a request, and ends it when it is done. It stays open where it snoozes, or fails and will be tried again. */
export async function runLongRequest(
  app: AppContext,
  id: string,
  work: (run: LongRun) => Promise<JobResult>,
): Promise<JobResult> {
  const started = await markStarted(app.db, id);
  const stop = new AbortController();
  const note = (request: RunningRequest | null) => {
    if (request?.stopAskedAt) stop.abort(new RequestStopped(request.stoppedBy));
  };
  note(started);
  const looking = every(() => {
    findRunning(app.db, id).then(note, (error: unknown) =>
      app.log.debug({ err: error }, 'whether a request was stopped is not known'),
    );
  }, LOOK_EVERY_MS);
  try {
    const result = await work({ stop: stop.signal, askedAt: started?.askedAt ?? null });
    if (result.kind === 'done') await endLongRequest(app.db, id);
    return result;
  } finally {
    clearInterval(looking);
  }
}
