/**
 * The promise's own value, or false when it takes longer than `ms`. A late promise goes on: its starter must handle
 * its rejection.
 */
export function within<T>(ms: number, done: Promise<T>): Promise<T | false> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  return Promise.race([done, late]).finally(() => clearTimeout(timer));
}
