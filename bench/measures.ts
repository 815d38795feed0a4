import { setTimeout as delay } from 'node:timers/promises';
import { getBatchMessageStatus } from '../src/batches/get-batch-message-status';
import { startBatch } from '../src/batches/start-batch';
import { bareCopy, barePostsAndUpdates } from './baseline';
import { type ReadBatch, readBatch, sendList } from './lists';
import { type Bots, peakMb, type Stand } from './stand';

/** One line of the table: a figure, the ratio to what stands beside it, and what was to be reached. */
export interface Result {
  measured: string;
  figure: string;
  against: string;
  ratio: number;
  target: string;
}

const CONCURRENCY = 4;
const seconds = (value: number) => `${value.toFixed(1)} s`;

/** Reading, validating, de-duplicating and storing a list, against a bare COPY of its rows. */
export async function measureReading(stand: Stand, rows: number): Promise<Result> {
  const bare = await bareCopy(stand, rows);
  const started = performance.now();
  await readBatch(stand, rows);
  const took = (performance.now() - started) / 1000;
  return {
    measured: `CSV of ${rows} rows read, validated, de-duplicated, stored`,
    figure: `${seconds(took)}, peak ${peakMb(process.pid)} MB`,
    against: `bare COPY ${seconds(bare.seconds)}`,
    ratio: took / bare.seconds,
    target: '≤ 1.7',
  };
}

/** Submitting and recording by one worker process, against the same POSTs with bare updates. */
export async function measureSubmitting(stand: Stand, rows: number): Promise<Result[]> {
  await stand.startBuka(0);
  const bare = await bareCopy(stand, rows);
  await stand.database.knex.raw('analyze sms_batch_buka_detail');
  const bareSeconds = await barePostsAndUpdates(stand, bare.batchId, rows, CONCURRENCY);
  const batch = await readBatch(stand, rows);
  const bots = await stand.startBots(1, { SUBMIT_CONCURRENCY: String(CONCURRENCY) });
  const took = await submit(stand, batch);
  const memory = bots.peakMb();
  await bots.stop();
  const perSecond = rows / took;
  return [
    {
      measured: `${rows} recipients submitted and recorded, 1 worker`,
      figure: `${seconds(took)}, peak ${memory} MB`,
      against: `the same POSTs and bare updates ${seconds(bareSeconds)}`,
      ratio: took / bareSeconds,
      target: '≤ 1.3',
    },
    {
      measured: 'recipients a second through one worker',
      figure: `${Math.round(perSecond)}`,
      against: '200 a second (Postman.gov.sg, documented)',
      ratio: perSecond / 200,
      target: '≥ 50',
    },
  ];
}

/** Three workers against one, on a provider that answers after 200 ms. */
export async function measureWorkers(stand: Stand, rows: number): Promise<Result> {
  await stand.startBuka(200);
  const took: number[] = [];
  for (const workers of [1, 3]) {
    const batch = await readBatch(stand, rows);
    const bots = await stand.startBots(workers, { SUBMIT_CONCURRENCY: '2' });
    took.push(await submit(stand, batch));
    await bots.stop();
  }
  const [one, three] = took as [number, number];
  return {
    measured: `${rows} recipients at 200 ms latency, 3 workers`,
    figure: seconds(three),
    against: `1 worker ${seconds(one)}`,
    ratio: one / three,
    target: '≥ 2.5',
  };
}

/** A person's Refresh over every open message, against bare calls at the same concurrency. */
export async function measureRefresh(stand: Stand, rows: number): Promise<Result> {
  await stand.startBuka(0);
  const batch = await readBatch(stand, rows);
  const bots = await stand.startBots(1);
  await submit(stand, batch);
  await bots.stop();
  const ids = await stand.database
    .knex('sms_batch_buka_detail')
    .where({ batch_id: batch.batchId })
    .pluck('provider_message_id');
  const sender = await stand.heart.accounts.find({ ...stand, channel: 'onbuka' });
  const bareStarted = performance.now();
  if (sender) await stand.heart.channels.onbuka?.queryMessageStatusByIds(sender.account, ids);
  const bare = (performance.now() - bareStarted) / 1000;
  const started = performance.now();
  await getBatchMessageStatus(stand.heart, { tenantId: stand.tenantId, batchId: batch.batchId });
  const took = (performance.now() - started) / 1000;
  return {
    measured: `live refresh of ${rows} messages`,
    figure: seconds(took),
    against: `bare getReport calls ${seconds(bare)}`,
    ratio: took / bare,
    target: '≤ 1.3',
  };
}

/** How long Slack waits for an answer while a batch is being submitted, against an idle bot. */
export async function measureAck(stand: Stand, rows: number): Promise<Result> {
  await stand.startBuka(0);
  const { batchId, version } = await readBatch(stand, rows);
  const bots = await stand.startBots(1, { ROLE: 'all' });
  stand.slack.setRequestUrl(`http://127.0.0.1:${bots.port}/slack/events`);
  const idle = await acks(stand, 100, () => true);
  await startBatch(stand.heart, { ...stand, batchId, version });
  const busy = await acks(stand, 2_000, async () => !(await isSubmitted(stand, batchId)));
  await bots.stop();
  return {
    measured: `Slack ack p99 while ${rows} are submitted (${busy.count} commands)`,
    figure: `${busy.p99.toFixed(0)} ms, longest ${busy.longest.toFixed(0)} ms`,
    against: `idle p99 ${idle.p99.toFixed(0)} ms`,
    ratio: busy.p99 / idle.p99,
    target: '≤ 3, never over 1 s',
  };
}

async function acks(stand: Stand, most: number, goOn: () => boolean | Promise<boolean>) {
  const anna = stand.slack.as('U0ANNA0001');
  const channel = stand.slack.channel('marketing').id;
  const times: number[] = [];
  while (times.length < most && (await goOn())) {
    const started = performance.now();
    const seen = await anna.command('/sms help', channel);
    if (!seen.acked) throw new Error(`A command was not acknowledged: ${seen.problem}`);
    times.push(performance.now() - started);
    await delay(10);
  }
  times.sort((a, b) => a - b);
  return {
    count: times.length,
    p99: times[Math.floor(times.length * 0.99)] ?? 0,
    longest: times.at(-1) ?? 0,
  };
}

/** Filling and submitting a tenth, a hundredth and all, by one bot as a person uses it: in time and in memory. */
export async function measureGrowth(stand: Stand, rows: number): Promise<Result[]> {
  await stand.startBuka(0);
  const runs: Run[] = [];
  for (const size of [rows / 100, rows / 10, rows]) {
    const bots: Bots = await stand.startBots(1, { ROLE: 'all' });
    stand.slack.setRequestUrl(`http://127.0.0.1:${bots.port}/slack/events`);
    const started = performance.now();
    const batchId = await sendList(stand, size);
    await untilSubmitted(stand, batchId);
    runs.push({ took: (performance.now() - started) / 1000, memory: bots.peakMb() });
    await bots.stop();
  }
  const [least, small, large] = runs as [Run, Run, Run];
  return [
    {
      measured: `fill and submit ${rows}`,
      figure: seconds(large.took),
      against: `${rows / 10}: ${seconds(small.took)}`,
      ratio: large.took / small.took,
      target: '≤ 11',
    },
    {
      measured: `peak memory of a bot that reads and submits ${rows}`,
      figure: `${large.memory} MB`,
      against: `at ${rows / 100}: ${least.memory} MB`,
      ratio: large.memory / least.memory,
      target: '≤ 1.5, under 400 MB',
    },
  ];
}

interface Run {
  took: number;
  memory: number;
}

/** From Send to submitted, in seconds. */
async function submit(stand: Stand, batch: ReadBatch): Promise<number> {
  const started = performance.now();
  await startBatch(stand.heart, { ...stand, ...batch });
  await untilSubmitted(stand, batch.batchId);
  return (performance.now() - started) / 1000;
}

async function untilSubmitted(stand: Stand, batchId: string): Promise<void> {
  while (!(await isSubmitted(stand, batchId))) await delay(50);
}

async function isSubmitted(stand: Stand, batchId: string): Promise<boolean> {
  const row = await stand.database.knex('sms_batch').where({ id: batchId }).first('status', 'sending_count');
  if (['paused', 'failed'].includes(row.status)) throw new Error(`The batch is ${row.status}.`);
  return row.status === 'submitted';
}
