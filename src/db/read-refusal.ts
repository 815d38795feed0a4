/** Postgres ends a statement that runs longer than its session allows. */
const STATEMENT_TIMEOUT = '57014';
/** Knex's own: no connection of the pool was free for as long as somebody may wait. */
const NO_CONNECTION = 'KnexTimeoutError';

/**
 * Why the database gave no answer though it is there: `too_slow`, the statement took longer than it may; `busy`, others
 * had all connections of the pool. Null for every other error.
 */
export function readRefusalOf(error: unknown): 'too_slow' | 'busy' | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && error.code === STATEMENT_TIMEOUT) return 'too_slow';
  return error.name === NO_CONNECTION ? 'busy' : null;
}
