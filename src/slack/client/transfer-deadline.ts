/** How long the transfer of a file may take as a whole, and how long nothing of it may move. */
export interface TransferLimits {
  wholeMs: number;
  idleMs: number;
}

/** A transfer was cut off because it took too long. `message` is safe to log. */
export class TransferTimeout extends Error {
  constructor(ms: number, how: 'moved nothing for' | 'was not over after') {
    super(`The transfer of a file ${how} ${ms / 1_000} s.`);
    this.name = 'TransferTimeout';
  }
}

export interface TransferDeadline {
  /** Aborts with a TransferTimeout. */
  signal: AbortSignal;
  /** Call it whenever something has moved. */
  moved(): void;
  /** Call it when the transfer is over. */
  end(): void;
}

/** Starts to count at once. */
export function startTransferDeadline({ wholeMs, idleMs }: TransferLimits): TransferDeadline {
  const cut = new AbortController();
  const whole = setTimeout(() => cut.abort(new TransferTimeout(wholeMs, 'was not over after')), wholeMs);
  const idle = setTimeout(() => cut.abort(new TransferTimeout(idleMs, 'moved nothing for')), idleMs);
  return {
    signal: cut.signal,
    moved: () => {
      idle.refresh();
    },
    end: () => {
      clearTimeout(whole);
      clearTimeout(idle);
    },
  };
}

/** Passes the parts through, and notes each as moved when it is asked for the next. */
export async function* noteMoves<T>(parts: AsyncIterable<T>, moved: () => void): AsyncGenerator<T> {
  for await (const part of parts) {
    moved();
    yield part;
  }
}
