import { randomUUID } from 'node:crypto';
import type { ExportedPart } from '../../../src/batches/exporting/open-export';
import { ProviderError } from '../../../src/providers/sms-provider';
import { DONE, snooze } from '../../../src/queue/job-result';
import { deliverComparison } from '../../../src/slack/posts/deliver-comparison';
import { deliverExport } from '../../../src/slack/posts/deliver-export';
import { updateStatusMessage } from '../../../src/slack/posts/update-status-message';
import { en } from '../../../src/words/en';
import { zhCn } from '../../../src/words/zh-cn';
import { mobiles } from '../../setup/app-context';
import { ANNA, createHarness, type Harness, shownIn, snoozeOf } from '../harness';

const SCOPES = ['commands', 'chat:write', 'files:read', 'im:write', 'im:history', 'users:read'];

let harness: Harness;
let batchId: string;
let userId: string;
async function setUp(scopes?: string[]): Promise<void> {
  harness = await createHarness('socket', scopes ? { scopes } : {});
  batchId = await harness.started([...mobiles(1), 'nonsense']);
  await updateStatusMessage(harness.clients, batchId);
  await harness.submitAll(batchId);
  userId = (await harness.summary(batchId)).sender.userId;
}
afterEach(async () => {
  expect(harness.slack.refusedPayloads()).toEqual([]);
  await harness.close();
});

const PARTS: ExportedPart[] = ['recipients', 'left_out'];
const LAST = 5;
const deliverPart = (part: ExportedPart, tryNumber = 1) =>
  deliverExport(harness.clients, { id: '1', tenantId: harness.tenantId, batchId, userId, part }, tryNumber);

/** A comparison with so many differences that it needs a file. */
function deliverLongComparison(tryNumber = 1, askedAt = new Date()) {
  for (let index = 0; index < 12; index += 1) {
    harness.provider.statuses.set(`m-${index}`, { number: `+86139001390${10 + index}`, status: 'sending' });
  }
  const today = new Date().toISOString().slice(0, 10);
  const of = {
    tenantId: harness.tenantId,
    userId,
    provider: 'onbuka',
    from: today,
    to: today,
    timeZone: 'UTC',
  };
  const request = { id: randomUUID(), askedAt: askedAt.toISOString() };
  return deliverComparison(harness.clients, { ...request, ...of }, tryNumber);
}

const told = () => {
  const anna = harness.slack.as(ANNA);
  return anna.sees(anna.direct()).map((one) => one.text);
};
const setChinese = () => harness.app.db('app_user').where({ id: userId }).update({ locale: 'zh-CN' });

/** Slack's storage refuses every upload. */
function breakUploads(): void {
  const { files } = harness.clients.client;
  const ask = files.getUploadURLExternal;
  files.getUploadURLExternal = async (...asked) => {
    const answer = await ask.apply(files, asked);
    return { ...answer, upload_url: `${answer.upload_url}-broken` };
  };
}

describe.each(PARTS)('an export of %s', (part) => {
  it('that Slack refuses for good: the person gets the reason and what to do', async () => {
    await setUp(SCOPES);
    expect(await deliverPart(part)).toEqual(DONE);
    expect(told()).toEqual([expect.stringContaining(en.apologies.export[part](batchId))]);
    expect(told()[0]).toContain('files:write');
    await setChinese();
    await deliverPart(part);
    expect(told()[1]).toContain(zhCn.apologies.export[part](batchId));
    expect(told()[1]).toContain('（missing_scope）');
  });

  it('whose upload fails each time: is tried again, then the person gets one apology', async () => {
    await setUp();
    breakUploads();
    for (let tryNumber = 1; tryNumber < LAST; tryNumber += 1) {
      await expect(deliverPart(part, tryNumber)).rejects.toThrow('answered 400 to an upload');
    }
    expect(told()).toEqual([]);
    harness.slack.faults.set('lostResponse', { times: 1 });
    expect(snoozeOf(await deliverPart(part, LAST))).toBeGreaterThan(10_000);
    await harness.app
      .db('slack_outbox')
      .update({ begun_at: harness.app.db.raw(`begun_at - interval '20 s'`) });
    expect(await deliverPart(part, LAST)).toEqual(DONE);
    expect(told()).toEqual([`${en.apologies.export[part](batchId)} ${en.apologies.failing}`]);
    expect(await harness.app.db('export_file')).toEqual([]);
    expect(await harness.app.db('export_piece')).toEqual([]);
    expect(await harness.app.db('slack_outbox')).toEqual([]);
  });

  it('without a possible direct message: the apology goes to the thread', async () => {
    await setUp(SCOPES.filter((scope) => !scope.startsWith('im:')));
    expect(await deliverPart(part)).toEqual(DONE);
    const [statusMessage, apology] = harness.slack.messages(harness.marketing);
    expect(apology).toMatchObject({ thread_ts: statusMessage?.ts });
    expect(apology?.text).toContain(`<@${ANNA}> ${en.apologies.export[part](batchId)}`);
  });

  it('goes to a direct message when the bot was removed from the channel', async () => {
    await setUp();
    const marketing = harness.slack.channel('marketing');
    marketing.members = marketing.members.filter((member) => member.startsWith('U0ANNA'));
    await deliverPart(part);
    expect(shownIn(harness.slack.as(ANNA).sees(harness.slack.as(ANNA).direct()))).toContain(
      `batch-${batchId}`,
    );
  });
});

describe('a comparison', () => {
  it('whose file Slack refuses: the person gets an apology after the message with the first differences', async () => {
    await setUp(SCOPES);
    expect(await deliverLongComparison()).toEqual(DONE);
    expect(told()).toEqual([
      expect.stringContaining('Buka has it and we do not – 12'),
      expect.stringContaining('I cannot bring you the comparison with Buka'),
    ]);
  });

  it('that fails each time: the person gets an apology in the end', async () => {
    await setUp();
    breakUploads();
    await expect(deliverLongComparison(LAST - 1)).rejects.toThrow('upload');
    await setChinese();
    expect(await deliverLongComparison(LAST)).toEqual(DONE);
    expect(told().at(-1)).toContain(zhCn.apologies.failing);
  });

  it.each([
    ['that gives no answer', 'timeout', 'busy', 'cannot be reached or is busy'],
    ['that is asked too often', 'http_429', 'too_often', 'was asked too often'],
  ] as const)('with a Buka %s: waits, and apologises after an hour', async (_, code, fault, why) => {
    await setUp();
    harness.provider.queryMessageStatusByTimeRange = async function* () {
      yield await Promise.reject(new ProviderError(code, fault, 'no records'));
    };
    expect(await deliverLongComparison()).toEqual(snooze(60_000));
    expect(told()).toEqual([]);
    await harness.app.db('rate_limit').delete();
    expect(await deliverLongComparison(1, new Date(Date.now() - 3_700_000))).toEqual(DONE);
    expect(told()).toEqual([expect.stringContaining(why)]);
  });

  it.each(['busy', 'too_often'] as const)('waits as long as Buka asks for (%s)', async (fault) => {
    await setUp();
    harness.provider.queryMessageStatusByTimeRange = async function* () {
      yield await Promise.reject(new ProviderError('http_429', fault, 'wait', { retryAfterMs: 90_000 }));
    };
    expect(await deliverLongComparison()).toEqual(snooze(90_000));
  });
});
