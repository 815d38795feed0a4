import type { BenchSystem } from '../bench-system';
import { untilStatus } from '../until-status';
import type { Attack } from './attack';

const ANNA = 'U0ANNA0001';
const WAIT = { timeoutMs: 900_000 };
const ROWS_A_FILE = 400_000;
const SEARCHES = 24;
const COMMANDS = 60;

/** Much that one member asks at once. */
export function hostileRequests(rows: number): Attack[] {
  return [
    {
      name: `${SEARCHES} searches at once among ${rows} left-out rows`,
      run: (system) => searchLeftOut(system, rows),
    },
    {
      name: `${COMMANDS} openings of the App Home and as many \`/sms balance\``,
      run: async ({ slack }) => {
        const [anna, channel] = [slack.as(ANNA), slack.channel('marketing').id];
        const acts = Array.from({ length: COMMANDS }, () => [
          anna.openHome(),
          anna.command('/sms balance', channel),
        ]);
        await Promise.all(acts.flat());
      },
    },
  ];
}

/** Anna sends to a list of which one number is good, and looks in its *Details* for what was left out. */
async function searchLeftOut(system: BenchSystem, rows: number): Promise<void> {
  const { slack } = system;
  const anna = slack.as(ANNA);
  const channel = slack.channel('marketing').id;
  await anna.command('/sms send', channel);
  const form = await slack.waitFor(() => anna.modal(), WAIT);
  await anna.submit(form.id, { Message: 'To nearly nobody', 'Recipients file': badFiles(rows) });
  const review = await slack.waitFor(() => {
    const view = anna.modal();
    return view?.submit?.text.startsWith('Send ') ? view : null;
  }, WAIT);
  await anna.submit(review.id);
  const drafts = system.database.knex('sms_batch').where({ content: 'To nearly nobody' });
  const batch = await drafts.orderBy('id', 'desc').first('id');
  await untilStatus(system, batch.id, 'submitted');
  const report = await slack.waitFor(
    () => anna.sees(channel).findLast((message) => JSON.stringify(message).includes(`· batch ${batch.id}`)),
    WAIT,
  );
  await anna.click(report.ts, 'Details');
  const details = await slack.waitFor(() => anna.modal(), WAIT);
  const search = { Who: 'Left out of the list', 'Number, or its last digits': '987654' };
  await Promise.all(
    Array.from({ length: SEARCHES }, () => anna.submit(details.id, search).catch(() => undefined)),
  );
  await anna.close(details.id);
}

function badFiles(rows: number): { name: string; content: string }[] {
  const files: { name: string; content: string }[] = [];
  for (let first = 0; first < rows; first += ROWS_A_FILE) {
    const count = Math.min(ROWS_A_FILE, rows - first);
    const lines = Array.from({ length: count }, (_, index) => `12${100_000 + ((first + index) % 899_999)}`);
    if (first === 0) lines.unshift('phone', '13800000000');
    files.push({ name: `bad-${files.length + 1}.csv`, content: lines.join('\n') });
  }
  return files;
}
