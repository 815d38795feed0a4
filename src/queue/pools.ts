import type { JobKind } from './jobs';

/** Jobs of a pool run beside those of every other: while all that it runs at once hang, the others go on. */
export type PoolName =
  | 'sending'
  | 'telling'
  | 'editing'
  | 'asking'
  | 'recording'
  | 'sweeping'
  | 'reading'
  | 'exporting'
  | 'comparing';

/**
 * The pool of every kind. What takes long, or waits for somebody else's server, is apart from what people wait for. A new
 * kind that is in no pool does not compile.
 */
export const POOL_OF: Readonly<Record<JobKind, PoolName>> = {
  'submit-chunk': 'sending',
  'show-review': 'telling',
  'announce-completion': 'telling',
  'post-alert': 'telling',
  'tell-put-aside': 'telling',
  'refresh-status-message': 'editing',
  'poll-delivery': 'asking',
  'recheck-outcomes': 'asking',
  reconcile: 'asking',
  'record-delivery-reports': 'recording',
  'record-inbound': 'recording',
  sweep: 'sweeping',
  'import-recipients': 'reading',
  'export-batch': 'exporting',
  'compare-with-provider': 'comparing',
};

/**
 * Jobs of each pool at once in one process; `sending` has a setting, SUBMIT_CONCURRENCY. Few: most wait for the database,
 * and the rest share one processor.
 */
export const JOBS_AT_ONCE: Readonly<Record<Exclude<PoolName, 'sending'>, number>> = {
  telling: 3,
  // Slack limits edits by workspace: while one workspace waits, another goes on.
  editing: 2,
  // Questions to one account take turns over all processes, so more would only wait.
  asking: 3,
  // There is one job of each kind for a provider.
  recording: 2,
  sweeping: 1,
  // One person's lists are read one after the other (`takeTurn`): two people hold up nobody but a third.
  reading: 2,
  // One more than a person may have running, so that nobody holds up everybody.
  exporting: 3,
  comparing: 2,
};

export const POOL_NAMES = ['sending', ...Object.keys(JOBS_AT_ONCE)] as PoolName[];

/** The kinds of a pool. */
export const kindsOf = (pool: PoolName): JobKind[] =>
  (Object.keys(POOL_OF) as JobKind[]).filter((kind) => POOL_OF[kind] === pool);
