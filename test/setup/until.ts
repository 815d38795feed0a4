import { setTimeout as pause } from 'node:timers/promises';

const ASK_EVERY_MS = 50;

/** Asks until the answer is yes, and returns it. The last answer is in the error when the time is over. */
export async function until<T>(
  ask: () => Promise<T>,
  isYes: (answer: T) => boolean,
  withinMs = 180_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (isYes(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`not so within ${withinMs} ms: ${JSON.stringify(answer)}`);
    await pause(ASK_EVERY_MS);
  }
}
