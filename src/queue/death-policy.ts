import { FORMER_NAMES } from './former-jobs';
import { JOBS, type JobKind } from './jobs';

/**
 * What happens to a job whose process died without saying so: it may have been this job that killed it. Each job that the
 * process had in hand is a suspect, and each of its deaths is counted.
 */
interface DeathPolicy {
  /** After so many deaths it is put aside. Null: it never is. */
  deathsUntilPutAside: number | null;
  /** A suspect runs with no other suspect beside it, so that of several only the one to blame dies again. */
  runsAlone: boolean;
  /** How long it stays put aside, in ms; meanwhile nobody can enqueue it. Null: until an operator or a person asks anew. */
  putAsideMs: number | null;
}

/** The first death may be another job's doing. The second was its own: suspects run alone. */
const DEATHS_OF_ONE_PERSONS_JOB = 2;
/** They do little by themselves and share their process with all else, so that it dies of others: ten are no chance. */
const DEATHS_OF_A_SHARED_JOB = 10;
/** Nobody on a list is forgotten: it is tried again when the cause may be gone. */
const SHARED_JOB_PUT_ASIDE_MS = 3_600_000;

/** Does what one person asked for, or reads one list. */
const OF_ONE_PERSON: DeathPolicy = {
  deathsUntilPutAside: DEATHS_OF_ONE_PERSONS_JOB,
  runsAlone: true,
  putAsideMs: null,
};
/** Moves a batch on, or tells people how it stands. */
const SHARED: DeathPolicy = {
  deathsUntilPutAside: DEATHS_OF_A_SHARED_JOB,
  runsAlone: false,
  putAsideMs: SHARED_JOB_PUT_ASIDE_MS,
};
/** Without it nothing is repaired, and nothing that was put aside comes back. */
const ALWAYS: DeathPolicy = { deathsUntilPutAside: null, runsAlone: false, putAsideMs: null };

const POLICIES: { readonly [K in JobKind]: DeathPolicy } = {
  'import-recipients': OF_ONE_PERSON,
  'show-review': OF_ONE_PERSON,
  'export-batch': OF_ONE_PERSON,
  'compare-with-provider': OF_ONE_PERSON,
  'submit-chunk': SHARED,
  'poll-delivery': SHARED,
  'recheck-outcomes': SHARED,
  'record-delivery-reports': SHARED,
  'record-inbound': SHARED,
  reconcile: SHARED,
  'refresh-status-message': SHARED,
  'announce-completion': SHARED,
  'post-alert': SHARED,
  'tell-put-aside': SHARED,
  sweep: ALWAYS,
};

/**
 * Suspects that run alone wait in this queue of the library, which gives out one job at a time, over all processes. Other jobs
 * have no queue: each pool that looks for a job locks all queues that it sees, and one that comes upon the locks of another finds
 * nothing until it polls again.
 */
export const SUSPECTS_QUEUE = 'suspects';

/** By the name under which a job waits, which may be a former one. Null: a newer version's, which this one does not run. */
export function kindOf(name: string): JobKind | null {
  const kind = FORMER_NAMES[name] ?? name;
  return kind in JOBS ? (kind as JobKind) : null;
}

/** One of a newer version counts as shared: it comes back by itself. */
export const deathPolicy = (name: string): DeathPolicy => {
  const kind = kindOf(name);
  return kind ? POLICIES[kind] : SHARED;
};
