import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createEmptyDatabase } from '../../setup/database';
import { startTestSystem, type TestSystem } from '../../setup/test-system';
import { until } from '../../setup/until';
import { expectPromiseKept, untilProved } from '../expect-promise-kept';
import { isFull, testWhenFull } from '../run-size';
import { sendList } from '../send-list';
import { killBots, startBot } from '../start-bot';

const ROOT = resolve(__dirname, '../../..');
/** Before it, tables were moved; from it on, migrations suit the version before them. */
const FIRST_MIGRATION = 'migrations/20261202000001_own_schemas.ts';
const git = (...words: string[]) => execFileSync('git', words, { cwd: ROOT, encoding: 'utf8' }).trim();

let former: string;
let system: TestSystem;
beforeAll(() => {
  if (!isFull) return;
  former = mkdtempSync(join(tmpdir(), 'sms-former-'));
  git('worktree', 'add', '--detach', join(former, 'code'), formerCommit());
  symlinkSync(join(ROOT, 'node_modules'), join(former, 'code/node_modules'));
});
afterAll(() => {
  if (!isFull) return;
  git('worktree', 'remove', '--force', join(former, 'code'));
  rmSync(former, { recursive: true, force: true });
});
afterEach(async () => {
  await killBots();
  await system?.close();
});

type Start = (role: string) => ReturnType<typeof startBot>;

// With the full history, and a minute for each direction.
testWhenFull.each([
  ['the new code beside the former one, which made the database', true],
  ['the former code, as in a step back, beside the new one, which made the database', false],
])(
  '%s: a batch goes on, nobody twice, nobody forgotten',
  async (_, isUpdate) => {
    system = await startTestSystem({
      database: await createEmptyDatabase(),
      bot: false,
      buka: { latencyMs: 200 },
      env: { SUBMIT_CONCURRENCY: '2' },
    });
    const { buka, db, env } = system;
    const ofFormer: Start = (role) => startBot({ ...env, ROLE: role }, 'src/main.ts', join(former, 'code'));
    const ofToday: Start = (role) => startBot({ ...env, ROLE: role });
    const [first, second] = isUpdate ? [ofFormer, ofToday] : [ofToday, ofFormer];
    const accepted = (count: number) =>
      until(
        async () => buka.ledger.counts().once,
        (once) => once >= count,
      );

    const [web, worker] = [await first('web'), await first('worker')];
    const numbers = await sendList(system, { good: 12_000 });
    await accepted(1_000);
    await second('worker');
    await accepted(4_000);
    await worker.kill('SIGTERM');
    await accepted(6_000);
    await second('web');
    await web.kill('SIGTERM');
    await first('worker');
    await untilProved(db, buka.ledger, numbers);
    await expectPromiseKept(db, buka.ledger, numbers);
  },
  480_000,
);

/** The commit before the last one that changed migrations, but none from before the tables moved. */
function formerCommit(): string {
  const last = git('log', '-1', '--format=%H', '--', 'migrations');
  const first = git('log', '-1', '--diff-filter=A', '--format=%H', '--', FIRST_MIGRATION);
  return last === first ? first : git('rev-parse', `${last}^`);
}
