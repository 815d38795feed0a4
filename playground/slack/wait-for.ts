import type { Events } from './events';

const DEFAULT_TIMEOUT_MS = 60_000;

/** Resolves with the first truthy answer of `ask`, which is called now and after every change. */
export function waitFor<T>(
  events: Events,
  ask: () => T | null | undefined | false,
  options: { timeoutMs?: number } = {},
): Promise<T> {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  return new Promise<T>((resolve, reject) => {
    const end = (settle: () => void) => {
      stop();
      clearTimeout(timer);
      settle();
    };
    const tryNow = () => {
      try {
        const answer = ask();
        if (answer) end(() => resolve(answer));
      } catch (error) {
        end(() => reject(error as Error));
      }
    };
    const stop = events.on(tryNow);
    const timer = setTimeout(
      () => end(() => reject(new Error(`Nothing of the kind in Slack within ${timeoutMs} ms.`))),
      timeoutMs,
    );
    tryNow();
  });
}
