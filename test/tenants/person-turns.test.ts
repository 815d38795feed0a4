import { setTimeout as delay } from 'node:timers/promises';
import { createPersonTurns } from '../../src/tenants/person-turns';

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Acts that go on until the test ends them. */
function createActs(longestWaitMs?: number) {
  const turns = createPersonTurns(longestWaitMs);
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  return {
    begun,
    take: (owner: string, name: string): Promise<void> =>
      turns.take(
        owner,
        () =>
          new Promise<void>((resolve, reject) => {
            begun.push(name);
            ends.set(name, (error) => (error ? reject(error) : resolve()));
          }),
      ),
    end: (name: string, error?: Error) => ends.get(name)?.(error),
  };
}

it('four of a person are handled at once, the others in their order, and another person’s at once', async () => {
  const acts = createActs();
  const all = Array.from({ length: 60 }, (_, index) => acts.take('anna', `anna ${index}`));
  await settle();
  const four = ['anna 0', 'anna 1', 'anna 2', 'anna 3'];
  expect(acts.begun).toEqual(four);
  all.push(acts.take('ben', 'ben'));
  await settle();
  expect(acts.begun).toEqual([...four, 'ben']);
  acts.end('anna 2');
  await settle();
  expect(acts.begun).toEqual([...four, 'ben', 'anna 4']);
  for (let index = 0; index < 60; index += 1) {
    acts.end(`anna ${index}`);
    await settle();
  }
  acts.end('ben');
  await Promise.all(all);
  expect(acts.begun).toHaveLength(61);
});

it('one that fails makes room too', async () => {
  const acts = createActs();
  const failing = Array.from({ length: 4 }, (_, index) => acts.take('anna', `${index}`));
  const fifth = acts.take('anna', '4');
  await settle();
  for (let index = 0; index < 4; index += 1) acts.end(`${index}`, new Error('no'));
  for (const one of failing) await expect(one).rejects.toThrow('no');
  await settle();
  acts.end('4');
  await fifth;
});

it('where four hang, the others begin all the same, and four at a time again once those have ended', async () => {
  const acts = createActs(500);
  const hanging = Array.from({ length: 4 }, (_, index) => acts.take('anna', `hangs ${index}`));
  const fifth = acts.take('anna', 'fifth');
  await settle();
  expect(acts.begun).not.toContain('fifth');
  await delay(700);
  expect(acts.begun).toContain('fifth');
  acts.end('fifth');
  await fifth;
  for (let index = 0; index < 4; index += 1) acts.end(`hangs ${index}`);
  await Promise.all(hanging);
  const next = Array.from({ length: 5 }, (_, index) => acts.take('anna', `next ${index}`));
  await settle();
  expect(acts.begun.filter((name) => name.startsWith('next'))).toHaveLength(4);
  for (let index = 0; index < 5; index += 1) {
    acts.end(`next ${index}`);
    await settle();
  }
  await Promise.all(next);
});
