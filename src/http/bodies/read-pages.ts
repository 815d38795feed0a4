import type { IncomingMessage } from 'node:http';

/**
 * A body is copied into pages: thousands of chunks of a byte each, kept as they come, would need a hundred times their
 * size, and nobody would have counted it.
 */
const PAGE_BYTES = 16 * 1024;

export type CutReason = 'gave_way' | 'too_slow' | 'hung_up';

interface Reading {
  maxBytes: number;
  deadlineMs: number;
  /** Asked before each page. */
  mayHold(bytes: number): boolean;
  /** Gets what ends the reading and closes the connection. */
  onOpen(cut: (reason: CutReason) => void): void;
}

export type PagesRead = { bytes: Buffer } | { refused: 'too_large' | 'no_room' | CutReason };

/** Reads the body of a request within bounds. What is refused is left unread. Never rejects. */
export function readPages(request: IncomingMessage, reading: Reading): Promise<PagesRead> {
  const announced = Number(request.headers['content-length'] ?? Number.NaN);
  if (announced > reading.maxBytes) return Promise.resolve({ refused: 'too_large' });
  return new Promise((resolve) => {
    const pages = createPages(announced);
    const deadline = setTimeout(() => cut('too_slow'), reading.deadlineMs);

    function end(result: PagesRead): void {
      clearTimeout(deadline);
      request.off('data', take).off('end', finish).off('close', hangUp).pause();
      resolve(result);
    }
    function cut(reason: CutReason): void {
      end({ refused: reason });
      request.destroy();
    }
    function take(chunk: Buffer): void {
      const refused = keep(chunk);
      if (refused) end({ refused });
    }
    function keep(chunk: Buffer): 'too_large' | 'no_room' | null {
      if (pages.bytes() + chunk.length > reading.maxBytes) return 'too_large';
      for (let rest = chunk; rest.length > 0; rest = pages.add(rest)) {
        const needed = pages.nextPageBytes();
        if (needed > 0 && !reading.mayHold(needed)) return 'no_room';
      }
      return null;
    }
    const finish = () => end({ bytes: pages.join() });
    const hangUp = () => end({ refused: 'hung_up' });

    // Destroying a request emits an error, which has no other listener.
    request.on('error', () => {});
    request.on('data', take).once('end', finish).once('close', hangUp);
    reading.onOpen(cut);
  });
}

/** `announcedBytes`: NaN where nothing was announced. */
function createPages(announcedBytes: number) {
  const pages: Buffer[] = [];
  let bytes = 0;
  let free = 0;
  return {
    bytes: () => bytes,
    /** 0 while the last page has room. */
    nextPageBytes: () => (free > 0 ? 0 : pageBytes()),
    /** Copies what fits into the last page, or else into a new one; returns the rest. */
    add(chunk: Buffer): Buffer {
      if (free === 0) {
        free = pageBytes();
        // Not from the pool, which a small page would keep alive.
        pages.push(Buffer.allocUnsafeSlow(free));
      }
      const page = pages[pages.length - 1] as Buffer;
      const copied = chunk.copy(page, page.length - free);
      bytes += copied;
      free -= copied;
      return chunk.subarray(copied);
    },
    join: () => Buffer.concat(pages, bytes),
  };

  function pageBytes(): number {
    const left = announcedBytes - bytes;
    return left > 0 ? Math.min(PAGE_BYTES, left) : PAGE_BYTES;
  }
}
