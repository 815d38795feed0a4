import { listDays } from '../../../../src/batches/reconciling/compared-texts.sql';
import { readRange } from '../../../../src/slack/listeners/commands/read-range';
import { ANNA, sharedHarness, shownIn } from '../../harness';

describe('/sms report', () => {
  const harness = sharedHarness('socket');
  beforeAll(async () => {
    const first = await harness.started(['13800138000', '13800138001', '+12025550123']);
    const second = await harness.started(['13800138002']);
    const { db } = harness.app;
    await db('sms_batch')
      .where({ id: first })
      .update({ success_count: 2, failed_count: 1, started_at: at(10) });
    // Eleven at night in New York is the next day in London.
    await db('app_user').where({ external_id: ANNA }).update({ time_zone: 'America/New_York' });
    await db('sms_batch').where({ id: second }).update({ started_at: '2026-11-05T04:30:00Z' });
    const [other] = await db('tenant').insert({ slack_team_id: 'T0OTHER', name: 'Other' }).returning('id');
    const foreign = await harness.started(['13800138003']);
    await db('sms_batch')
      .where({ id: foreign })
      .update({ tenant_id: other.id, started_at: at(10) });
    const price = { country: 'CN', currency: 'USD', cost_each: '0.0325', segments_each: 1, messages: 2 };
    await db('sms_batch_cost').insert({ batch_id: first, ...price });
  });
  /** Noon of a day of November in New York. */
  const at = (day: number) => `2026-11-${String(day).padStart(2, '0')}T17:00:00Z`;
  const anna = () => harness.slack.as(ANNA);
  const answers = () =>
    anna()
      .sees(harness.marketing)
      .filter((one) => one.ephemeral_to === ANNA);
  async function ask(text: string) {
    const before = answers().length;
    await anna().command(text, harness.marketing);
    await harness.slack.waitFor(() => answers().length > before);
    return answers().at(-1);
  }

  type Answer = Awaited<ReturnType<typeof ask>>;
  const tableOf = (answer: Answer, caption: string): string[][] => {
    const table = answer?.blocks?.find(
      (block) => 'caption' in block && block.caption === caption,
    ) as never as {
      rows: { text: string }[][];
    };
    return table.rows.map((row) => row.map(({ text }) => text));
  };
  const chartOf = (answer: Answer) => {
    const block = answer?.blocks?.find((one) => one.type === 'data_visualization') as never as {
      chart: { axis_config: { categories: string[] } };
    };
    return block.chart;
  };

  it('sums up a time range by day, country and sender, with what it has cost', async () => {
    const answer = await ask('/sms report 2026-11-04..2026-11-10');
    expect(answer?.text).toContain('Report for 2026-11-04 to 2026-11-10');
    const chart = answer?.blocks?.find((block) => block.type === 'data_visualization') as never as {
      chart: { series: { name: string; data: { label: string; value: number }[] }[] };
    };
    const delivered = chart.chart.series[0]?.data ?? [];
    expect(delivered.map(({ label, value }) => [label.slice(-2), value])).toEqual(
      ['04', '05', '06', '07', '08', '09', '10'].map((day) => [day, day === '10' ? 2 : 0]),
    );
    const table = answer?.blocks?.find((block) => block.type === 'data_table') as never as {
      rows: unknown[][];
    };
    expect(table.rows[1]?.map((cell) => (cell as { value?: number }).value)).toEqual([undefined, 1, 0, 0, 0]);
    expect(table.rows).toHaveLength(8);
    const shown = shownIn(answer);
    expect(shown).toContain('*Cost so far* 0.065 USD');
    expect(shown).toContain('known for 2 messages');
    expect(tableOf(answer, 'By country')).toEqual([
      ['Country', 'Recipients', 'Cost'],
      ['China', '3', '0.065 USD'],
      ['United States', '1', '–'],
    ]);
    expect(shown).toContain(`<@${ANNA}> – 4`);
  });

  it('splits a long range into fourteen points of a chart, and into days or at most a hundred rows of a table', async () => {
    const year = await ask('/sms report 2026-01-01..2026-12-31');
    expect(chartOf(year).axis_config.categories).toHaveLength(14);
    expect(chartOf(year).axis_config.categories[1]).toBe('01-28');
    const rows = tableOf(year, 'By day of sending').slice(1);
    expect(rows).toHaveLength(92);
    expect([rows[0]?.[0], rows.at(-1)?.[0]]).toEqual(['2026-01-01 to 2026-01-04', '2026-12-31']);
    expect(rows.reduce((sum, row) => sum + Number(row[1]), 0)).toBe(4);
    const month = await ask('/sms report 2026-11-01..2026-11-30');
    expect(chartOf(month).axis_config.categories).toHaveLength(10);
    expect(tableOf(month, 'By day of sending')).toHaveLength(31);
  });

  it('counts the hour that comes twice for its own day, in the time zone of the person', async () => {
    const { db } = harness.app;
    const batchId = await harness.started(['13800138009']);
    const shownFor = async (startedAt: string) => {
      await db('sms_batch').where({ id: batchId }).update({ started_at: startedAt });
      const rows = tableOf(await ask('/sms report 2026-10-31..2026-11-02'), 'By day of sending');
      return rows.slice(1).map((row) => row[1]);
    };
    expect(await shownFor('2026-11-01T03:59:59Z')).toEqual(['1', '0', '0']);
    expect(await shownFor('2026-11-01T04:00:00Z')).toEqual(['0', '1', '0']);
    expect(await shownFor('2026-11-02T04:59:59Z')).toEqual(['0', '1', '0']);
    expect(await shownFor('2026-11-02T05:00:00Z')).toEqual(['0', '0', '1']);
    const days = await listDays(db, {
      tenantId: harness.tenantId,
      from: '2026-11-01',
      to: '2026-11-01',
      timeZone: 'America/New_York',
    });
    expect(days.map(({ start, end }) => (end.getTime() - start.getTime()) / 3_600_000)).toEqual([25]);
    await db('sms_batch').where({ id: batchId }).update({ started_at: '2020-01-05T00:00:00Z' });
  });

  it('comes in lines if Slack refuses the new blocks', async () => {
    harness.slack.faults.set('chartsUnsupported');
    const answer = await ask('/sms report 2026-11-04..2026-11-10');
    harness.slack.faults.clear();
    expect(shownIn(answer)).not.toMatch(/data_visualization|data_table/);
    expect(shownIn(answer)).toContain('• 2026-11-10 – ');
    expect(shownIn(answer)).toContain('China – 3 · 0.065 USD');
    expect(shownIn(answer)).toContain('United States – 1');
  });

  it('draws no chart of a single day', async () => {
    const answer = shownIn(await ask('/sms report 2026-11-10..2026-11-10'));
    expect(answer).not.toContain('data_visualization');
    expect(answer).toContain('By country');
  });

  it('says that nothing was sent, and how to write a range', async () => {
    expect(shownIn(await ask('/sms report 2020-01-01..2020-01-02'))).toContain(
      'Nothing was sent in this time.',
    );
    expect((await ask('/sms report yesterday'))?.text).toContain('/sms report 2026-11-01..2026-11-20');
  });

  it('has no chart and table in a workspace that does not support them', async () => {
    await harness.app.db('tenant').where({ id: harness.tenantId }).update({ charts_supported: false });
    const answer = await ask('/sms report 2026-11-04..2026-11-10');
    expect(shownIn(answer)).not.toMatch(/data_visualization|data_table/);
    expect(shownIn(answer)).toContain('• 2026-11-10 – ');
  });
});

describe('a time range', () => {
  const read = (text: string) => readRange(text, '2026-03-01');

  it.each([
    ['', '2026-02-23', '2026-03-01'],
    ['today', '2026-03-01', '2026-03-01'],
    ['1d', '2026-03-01', '2026-03-01'],
    ['7D', '2026-02-23', '2026-03-01'],
    ['366d', '2025-03-01', '2026-03-01'],
    ['2026-11-01..2026-11-20', '2026-11-01', '2026-11-20'],
    ['2026-11-01 .. 2026-11-01', '2026-11-01', '2026-11-01'],
    ['2026-11-01…2026-11-20', '2026-11-01', '2026-11-20'],
    ['2026-11-01 – 2026-11-20', '2026-11-01', '2026-11-20'],
    ['2026-11-01 to 2026-11-20', '2026-11-01', '2026-11-20'],
    ['２０２６-１１-０１..２０２６-１１-２０', '2026-11-01', '2026-11-20'],
  ])('%j is %s to %s', (text, from, to) => {
    expect(read(text)).toEqual({ from, to });
  });

  it.each([
    'yesterday',
    '0d',
    '367d',
    '-7d',
    '2026-11-20..2026-11-01',
    '2026-02-29..2026-03-02',
    '2026-11-01',
    '2025-01-01..2026-11-20',
    '2026-11-01..2026-11-02..2026-11-03',
    `2026-11-01'..2026-11-20`,
    '0000-01-01..0000-01-02',
    '9999-12-30..9999-12-31',
    '99999999d',
  ])('%j is none', (text) => {
    expect(read(text)).toBeNull();
  });
});
