import { getBatchSummary } from '../../batches/views/get-batch-summary';
import { type DeadJob, findDeadJob } from '../../queue/dead-jobs';
import { kindOf } from '../../queue/death-policy';
import { parsePayload } from '../../queue/former-jobs';
import { DONE, type JobResult } from '../../queue/job-result';
import { system } from '../../tenants/actor';
import { getUser, type Person } from '../../tenants/person';
import type { Words } from '../../words/en';
import { wordsFor } from '../../words/words-for';
import type { Destination } from '../client/post-once';
import type { SlackClients } from '../client/slack-clients';
import { endReply } from '../store/outbox.sql';
import { findSlackBatch } from '../store/slack-batches.sql';
import { apologise } from './deliver-reply';

/** Tells the person who waits for a job, once, that it was put aside. Throws what a later try may fix. */
export async function tellPutAside(slack: SlackClients, deadJobId: string): Promise<JobResult> {
  const job = await findDeadJob(slack.app.db, deadJobId);
  const awaited = job && (await findAwaited(slack, job));
  if (!awaited) return DONE;
  const key = `dead-job:${deadJobId}`;
  const words = wordsFor(awaited.person.locale);
  const text = `${awaited.apology(words)} ${words.apologies.stoppedBot}`;
  const result = await apologise(slack, { key, ...awaited }, text);
  if (result.kind === 'done') await endReply(slack.app.db, key);
  return result;
}

/** What does not come, for whom, and where the person is told if a direct message is impossible. */
interface Awaited {
  person: Person;
  apology(words: Words): string;
  fallback: Destination | null;
}

/** Null where nobody waits in Slack. */
async function findAwaited(slack: SlackClients, job: DeadJob): Promise<Awaited | null> {
  const { db } = slack.app;
  switch (kindOf(job.name)) {
    case 'export-batch': {
      const { batchId, userId, part } = parsePayload('export-batch', job.payload);
      const slackBatch = await findSlackBatch(db, batchId);
      const person = slackBatch && (await getUser(db, userId));
      if (!person) return null;
      const { channelId: channel, messageTs: ts } = slackBatch;
      const fallback = { channel, ...(ts ? { thread_ts: ts } : {}) };
      return { person, fallback, apology: (words) => words.apologies.export[part](batchId) };
    }
    case 'compare-with-provider': {
      const { userId, from, to } = parsePayload('compare-with-provider', job.payload);
      const person = await getUser(db, userId);
      return person && { person, fallback: null, apology: (words) => words.apologies.comparison(from, to) };
    }
    case 'show-review': {
      const { batchId } = parsePayload('show-review', job.payload);
      const summary = await getBatchSummary(slack.app, system(slack.workspace.tenantId), batchId);
      const person = summary && (await getUser(db, summary.sender.userId));
      return person && { person, fallback: null, apology: (words) => words.apologies.review(batchId) };
    }
    default:
      return null;
  }
}
