import { handleRequest } from '../../../src/slack/listeners/handle-request';
import type { Identification } from '../../../src/slack/listeners/identify-person';
import { createPersonTurns } from '../../../src/tenants/person-turns';
import { until } from '../../setup/until';
import { ANNA, BEN, createHarness, type Harness } from '../harness';

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness('http');
});
afterEach(() => harness.close());

it('while what a person looks at hangs, they stop a batch at once, and others go on', async () => {
  const begun: string[] = [];
  let go = () => {};
  const hanging = new Promise<void>((resolve) => {
    go = resolve;
  });
  // The first of them never ends before this test does.
  const clients = { ...harness.clients, acts: createPersonTurns(600_000) };
  const ask = (userId: string, name: string, identification: Identification, end = Promise.resolve()) =>
    handleRequest(clients, { userId, identification }, () => {
      begun.push(name);
      return end;
    });
  const looks = Array.from({ length: 5 }, (_, index) => ask(ANNA, `look ${index}`, 'recent', hanging));
  await until(
    async () => begun,
    (all) => all.length === 4,
  );
  expect(await ask(ANNA, 'pause', 'last_known')).toMatchObject({ kind: 'done' });
  expect(await ask(ANNA, 'send', 'now')).toMatchObject({ kind: 'done' });
  expect(await ask(BEN, 'look of another', 'recent')).toMatchObject({ kind: 'done' });
  expect(begun.filter((name) => name.startsWith('look '))).toHaveLength(5);
  expect(begun).not.toContain('look 4');
  go();
  await Promise.all(looks);
  expect(begun).toContain('look 4');
});
