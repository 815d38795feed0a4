/**
 * Returns a function that runs `work` soon, never twice at once, and once more if it was called while `work` ran: a
 * hundred events lead to a few loads, and the last event is never missed.
 */
export function coalesce(work: () => Promise<void>, pauseMs: number): () => void {
  let isRunning = false;
  let isWanted = false;
  const run = async () => {
    isRunning = true;
    while (isWanted) {
      isWanted = false;
      await work();
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    isRunning = false;
  };
  return () => {
    isWanted = true;
    if (!isRunning) void run();
  };
}
