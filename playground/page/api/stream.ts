const RETRY_MS = 1_000;

/**
 * Listens to server-sent events for as long as the page lives. The browser reconnects by itself after a dropped
 * connection, but gives up for good on an error status: then a new stream is opened after a second.
 */
export function stream(
  path: string,
  on: { open?: () => void; lost?: () => void; message: (data: string) => void },
): void {
  const source = new EventSource(path);
  source.onopen = () => on.open?.();
  source.onmessage = (event: MessageEvent<string>) => on.message(event.data);
  source.onerror = () => {
    on.lost?.();
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => stream(path, on), RETRY_MS);
  };
}
