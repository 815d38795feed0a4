import { randomUUID } from 'node:crypto';
import type { ExportedPart } from '../../../src/batches/exporting/open-export';
import { ProviderError } from '../../../src/providers/sms-provider';
import { deliverComparison } from '../../../src/slack/posts/deliver-comparison';
import { deliverExport } from '../../../src/slack/posts/deliver-export';
import { updateStatusMessage } from '../../../src/slack/posts/update-status-message';
import { en } from '../../../src/words/en';
import { zhCn } from '../../../src/words/zh-cn';
import { mobiles } from '../../setup/app-context';
import { ANNA, createHarness, type Harness, shownIn } from '../harness';

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
const bringExport = (part: ExportedPart, attempt = 1) =>
  deliverExport(harness.clients, { tenantId: harness.tenantId, batchId, userId, part }, attempt);

/** So many differences that they need a file. */
function bringLongComparison(attempt = 1, askedAt = new Date()) {
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
  return deliverComparison(harness.clients, { ...request, ...of }, attempt);
}

const told = () => {
  const anna = harness.slack.as(ANNA);
  return anna.sees(anna.direct()).map((one) => one.text);
};
const setChinese = () => harness.app.db('app_user').where({ id: userId }).update({ locale: 'zh-CN' });

/** Slack's storage takes no upload, whatever is tried. */
function breakUploads(): void {
  const { files } = harness.clients.client;
  const ask = files.getUploadURLExternal;
  files.getUploadURLExternal = async (...asked) => {
    const answer = await ask.apply(files, asked);
    return { ...answer, upload_url: `${answer.upload_url}-broken` };
  };
}

describe.each(PARTS)('an export of %s', (part) => {
  it('that Slack refuses for good: who asked is told why, and what to do', async () => {
    await setUp(SCOPES);
    expect(await bringExport(part)).toEqual({});
    expect(told()).toEqual([expect.stringContaining(en.apologies.export[part](batchId))]);
    expect(told()[0]).toContain('files:write');
    await setChinese();
    await bringExport(part);
    expect(told()[1]).toContain(zhCn.apologies.export[part](batchId));
    expect(told()[1]).toContain('（missing_scope）');
  });

  it('whose upload fails each time: it is tried again, then who asked is told, once', async () => {
    await setUp();
    breakUploads();
    for (let attempt = 1; attempt < LAST; attempt += 1) {
      await expect(bringExport(part, attempt)).rejects.toThrow('answered 400 to an upload');
    }
    expect(told()).toEqual([]);
    harness.slack.faults.set('lostResponse', { times: 1 });
    expect((await bringExport(part, LAST)).snoozeMs).toBeGreaterThan(10_000);
    await harness.app
      .db('sms_answer_posting')
      .update({ begun_at: harness.app.db.raw(`begun_at - interval '20 s'`) });
    expect(await bringExport(part, LAST)).toEqual({});
    expect(told()).toEqual([`${en.apologies.export[part](batchId)} ${en.apologies.failing}`]);
    expect(await harness.app.db('sms_answer_posting')).toEqual([]);
  });

  it('that nobody can be told of by direct message: it is said in the thread', async () => {
    await setUp(SCOPES.filter((scope) => !scope.startsWith('im:')));
    expect(await bringExport(part)).toEqual({});
    const [report, sorry] = harness.slack.messages(harness.marketing);
    expect(sorry).toMatchObject({ thread_ts: report?.ts });
    expect(sorry?.text).toContain(`<@${ANNA}> ${en.apologies.export[part](batchId)}`);
  });

  it('comes by direct message where the bot was thrown out of the channel', async () => {
    await setUp();
    const marketing = harness.slack.channel('marketing');
    marketing.members = marketing.members.filter((member) => member.startsWith('U0ANNA'));
    await bringExport(part);
    expect(shownIn(harness.slack.as(ANNA).sees(harness.slack.as(ANNA).direct()))).toContain(
      `batch-${batchId}`,
    );
  });
});

describe('a comparison', () => {
  it('whose file Slack refuses: who asked is told, after the message with the first differences', async () => {
    await setUp(SCOPES);
    expect(await bringLongComparison()).toEqual({});
    expect(told()).toEqual([
      expect.stringContaining('Buka has it and we do not – 12'),
      expect.stringContaining('I cannot bring you the comparison with Buka'),
    ]);
  });

  it('that fails each time: who asked is told at last', async () => {
    await setUp();
    breakUploads();
    await expect(bringLongComparison(LAST - 1)).rejects.toThrow('upload');
    await setChinese();
    expect(await bringLongComparison(LAST)).toEqual({});
    expect(told().at(-1)).toContain(zhCn.apologies.failing);
  });

  it('for which Buka has no answer: it is waited for, but not for ever in silence', async () => {
    await setUp();
    harness.provider.queryMessageStatusByTimeRange = async () => {
      throw new ProviderError('timeout', 'busy', 'no answer');
    };
    expect(await bringLongComparison()).toEqual({ snoozeMs: 60_000 });
    expect(told()).toEqual([]);
    await harness.app.db('rate_limit').delete();
    expect(await bringLongComparison(1, new Date(Date.now() - 3_700_000))).toEqual({});
    expect(told()).toEqual([expect.stringContaining('cannot be reached or is busy')]);
  });
});
