import { randomUUID } from 'node:crypto';
import { retryFailed } from '../../../src/batches/control/send-again';
import type { Comparison } from '../../../src/batches/reconciling/compare-records';
import { ProviderError } from '../../../src/providers/sms-provider';
import { DONE, snooze } from '../../../src/queue/job-result';
import { deliverComparison } from '../../../src/slack/posts/deliver-comparison';
import { ensureUser } from '../../../src/tenants/person';
import { mobiles } from '../../setup/app-context';
import { ANNA, BEN, createHarness, type Harness, shownIn } from '../harness';
import { tablesOf } from './run-export';

describe('the comparison with Buka', () => {
  let harness: Harness;
  let wanted: Comparison;
  beforeEach(async () => {
    harness = await createHarness('socket');
    const batchId = await harness.started(mobiles(5));
    await harness.submitAll(batchId);
    const { sender } = await harness.summary(batchId);
    const today = new Date().toISOString().slice(0, 10);
    wanted = {
      id: '1',
      askedAt: new Date().toISOString(),
      tenantId: harness.tenantId,
      userId: sender.userId,
      provider: 'onbuka',
      from: today,
      to: today,
      timeZone: 'UTC',
    };
  });
  afterEach(async () => {
    expect(harness.slack.refusedPayloads()).toEqual([]);
    await harness.close();
  });
  const compare = (other: Partial<Comparison> = {}) =>
    deliverComparison(harness.clients, { ...wanted, id: randomUUID(), ...other }, 1);
  const anna = () => harness.slack.as(ANNA);
  const told = () => anna().sees(anna().direct());

  it('says that nothing differs, and sends no file', async () => {
    expect(await compare()).toEqual(DONE);
    expect(told().at(-1)?.text).toContain('say the same of every text');
    expect(harness.slack.traffic.named('files.getUploadURLExternal')).toEqual([]);
  });

  it('names each kind of difference, masked', async () => {
    const [first, second, third] = [...harness.provider.statuses.keys()];
    harness.provider.statuses.delete(first as string);
    harness.provider.statuses.delete(third as string);
    const settled = { provider_message_id: first };
    await harness.app.db('sms_batch_buka_detail').where(settled).update({ status: 'delivered' });
    (harness.provider.statuses.get(second as string) as { status: string }).status = 'failed';
    harness.provider.statuses.set('m-foreign', { number: '+8613900139000', status: 'delivered' });
    await compare();
    const shown = shownIn(told().at(-1));
    expect(shown).toContain('Buka has it and we do not – 1');
    expect(shown).toContain('Buka says Delivered · `m-foreign`');
    expect(shown).toContain('We have it and Buka does not – 1');
    expect(shown).toContain('`+86 138****8000`');
    expect(shown).toContain(`we say Delivered · \`${first}\``);
    expect(shown).toContain('Buka shows no record of it yet: it may be in its queue – 1');
    expect(shown).toContain(`we say Sending · \`${third}\``);
    expect(shown).toContain('The outcomes differ – 1');
    expect(shown).toContain('we say Sending · Buka says Failed');
    expect(shown).not.toContain('13800138000');
  });

  it('does not report as missing what Buka lists on another day', async () => {
    harness.provider.queryMessageStatusByTimeRange = async function* () {
      yield [];
    };
    await compare();
    expect(told().at(-1)?.text).toContain('say the same of every text');
  });

  it('leaves out the days that Buka no longer knows, and says so', async () => {
    const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
    const asked: Date[] = [];
    harness.provider.queryMessageStatusByTimeRange = async function* (_account, start) {
      asked.push(start);
      yield [];
    };
    // A day counts as forgotten an hour before it is.
    const oldest = new Date().getUTCHours() === 23 ? 88 : 89;
    await compare({ from: ago(92), to: ago(87) });
    const known = [89, 88, 87].filter((days) => days <= oldest);
    expect(asked.map((start) => start.toISOString().slice(0, 10))).toEqual(known.map(ago));
    const left = `the first ${92 - oldest} days of this time could not be compared`;
    expect(shownIn(told().at(-1))).toContain(left);
  });

  it('says that nothing could be compared where Buka no longer knows any of the days', async () => {
    await compare({ from: '2026-01-01', to: '2026-01-31' });
    expect(told().at(-1)?.text).toContain('Nothing could be compared');
  });

  it('asks nothing about days that have not begun', async () => {
    const asked: Date[] = [];
    const list = harness.provider.queryMessageStatusByTimeRange;
    harness.provider.queryMessageStatusByTimeRange = async function* (...call) {
      asked.push(call[1]);
      yield* list(...call);
    };
    await compare({ to: new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10) });
    expect(asked.map((start) => start.toISOString().slice(0, 10))).toEqual([wanted.from]);
    expect(told().at(-1)?.text).toContain('say the same of every text');
  });

  it('asks under every sub-account of the workspace: a text that was sent with another one is not missing', async () => {
    const { accountId } = harness;
    await harness.app.accounts.saveSubAccount({ userId: wanted.userId, accountId }, 'own-app');
    const { queryMessageStatusByTimeRange: list, queryMessageStatusByIds: byIds } = harness.provider;
    const [listed, known] = [...harness.provider.statuses.keys()];
    // One text stands in the list of the workspace's own sub-account, one is known to it by its id alone.
    harness.provider.queryMessageStatusByTimeRange = async function* (account, ...asked) {
      for await (const page of list(account, ...asked)) {
        yield page.filter(({ messageId: id }) =>
          account.subAccount === 'own-app' ? id !== listed && id !== known : id === listed,
        );
      }
    };
    harness.provider.queryMessageStatusByIds = async (account, ...asked) => {
      const answer = await byIds(account, ...asked);
      const isKnown = (id: string) => account.subAccount !== 'own-app' && id === known;
      const results = answer.results.map((one) =>
        isKnown(one.messageId) ? one : { ...one, status: 'unknown' as const },
      );
      return { ...answer, results };
    };
    await compare();
    expect(told().at(-1)?.text).toContain('say the same of every text');
  });

  it('includes a send attempt that was replaced by a later one', async () => {
    const [first] = [...harness.provider.statuses.keys()];
    const { db } = harness.app;
    const of = { provider_message_id: first };
    await db('sms_batch_buka_detail').where(of).update({ status: 'failed' });
    const { id: batchId } = await db('sms_batch').first('id');
    await db('sms_batch')
      .where({ id: batchId })
      .update({ status: 'submitted', failed_count: 1, sending_count: 4 });
    const { tenantId, userId } = wanted;
    await retryFailed(harness.app, { kind: 'person', tenantId, userId, role: 'member' }, { batchId });
    harness.provider.statuses.delete(first as string);
    await compare();
    expect(shownIn(told().at(-1))).toContain(`we say Failed · \`${first}\``);
  });

  it('lists a record once that Buka lists on two days, or twice', async () => {
    const twice = {
      messageId: 'm-twice',
      orderId: null,
      recipientNumber: '+8613900139000',
      status: 'delivered',
      sendTime: null,
    } as const;
    harness.provider.queryMessageStatusByTimeRange = async function* () {
      yield [twice, twice];
      yield [twice];
    };
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    await compare({ from: yesterday });
    expect(shownIn(told().at(-1))).toContain('Buka has it and we do not – 1');
  });

  it('adds a file with all differences if the message shows only the first', async () => {
    for (let index = 0; index < 12; index += 1) {
      harness.provider.statuses.set(`m-${index}`, { number: `+86139001390${10 + index}`, status: 'sending' });
    }
    await compare();
    const [message, file] = told().slice(-2);
    expect(message?.text).toContain('Buka has it and we do not – 12');
    expect(shownIn(message).match(/m-\d+`/g)).toHaveLength(10);
    expect(shownIn(message)).toContain('and 2 more, in the file below');
    expect(file?.files).toHaveLength(1);
  });

  it('shows whole numbers in the file only to those who may read their batches', async () => {
    for (let index = 0; index < 12; index += 1) {
      harness.provider.statuses.set(`m-${index}`, { number: `+86139001390${10 + index}`, status: 'sending' });
    }
    const numbersFor = async (slackUserId: string) => {
      const seen = {
        locale: 'en-US',
        timeZone: 'UTC',
        role: slackUserId === ANNA ? 'admin' : 'member',
      } as const;
      const { id } = await ensureUser(harness.app.db, { ...seen, tenantId: harness.tenantId, slackUserId });
      await compare({ userId: id });
      const person = harness.slack.as(slackUserId);
      const file = person.sees(person.direct()).findLast((one) => one.files?.length);
      const [[, ...rows] = []] = await tablesOf(file?.files ?? []);
      return rows.map(([, number]) => number).slice(0, 1);
    };
    expect(await numbersFor(ANNA)).toEqual(['="+8613900139010"']);
    expect(await numbersFor(BEN)).toEqual(["'+86 139****9010"]);
  });

  const fail = (fault: ProviderError['fault'], code: string) => {
    harness.provider.queryMessageStatusByTimeRange = async function* () {
      yield await Promise.reject(new ProviderError(code, fault, 'no'));
    };
  };

  it.each([
    ['is busy', 'busy', '-18'],
    ['is asked too often', 'too_often', '-15'],
  ] as const)('waits when Buka %s', async (_, fault, code) => {
    fail(fault, code);
    expect(await compare()).toEqual(snooze(60_000));
    expect(told()).toEqual([]);
  });

  it('explains when the account is at fault', async () => {
    fail('account', '-1');
    expect(await compare()).toEqual(DONE);
    expect(told().at(-1)?.text).toContain('did not accept the API key');
  });

  it('is requested from the usage report, once for several clicks, and audited', async () => {
    await anna().command('/sms report today', harness.marketing);
    const report = await harness.slack.waitFor(() =>
      anna()
        .sees(harness.marketing)
        .find((one) => shownIn(one).includes('sms_compare_report')),
    );
    await anna().click(report.ts, 'sms_compare_report', { double: true });
    await harness.slack.waitFor(() =>
      shownIn(anna().sees(harness.marketing)).includes('comes as a direct message'),
    );
    const noted = await harness.app.db('audit_event').where({ action: 'provider.compare' });
    expect(noted.length).toBeGreaterThan(0);
    const { rows } = await harness.app.db.raw(
      `select count(*)::int as n from bulk_sms_queue.jobs where key like 'compare:%'`,
    );
    expect(rows[0].n).toBe(1);
  });
});
