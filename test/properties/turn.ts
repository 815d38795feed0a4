import { withWaiter } from './skipped-time';

/** One turn of a lane: a worker that begins requests and waits for their answers. */
export interface Turn {
  /** Its process is asked to end. */
  sigterm(): void;
  /** It has begun a request. */
  noteOpen(): void;
  /** Resolves when it next waits for an answer, or has ended. Rejects where it has failed. */
  untilIdle(): Promise<unknown>;
}

export function startTurn(
  submit: (turn: Turn, draining: AbortSignal) => Promise<unknown>,
  onFailed: (turn: Turn) => void,
): Turn {
  const draining = new AbortController();
  const waiting: (() => void)[] = [];
  const noteIdle = () => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  const turn: Turn = {
    sigterm: () => draining.abort(),
    // Its further requests begin in the same moment.
    noteOpen: () => void setImmediate(noteIdle),
    untilIdle: () => Promise.race([done, new Promise<void>((resolve) => waiting.push(resolve))]),
  };
  const done = withWaiter(noteIdle, () => submit(turn, draining.signal));
  done.catch(() => onFailed(turn));
  return turn;
}
