import { handleInTurn } from '../../../src/slack/listeners/middleware';

type Args = Parameters<ReturnType<typeof handleInTurn>>[0];

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Payloads that are handled until the test says so. */
function createHandling() {
  const middleware = handleInTurn();
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  return {
    begun,
    receive(name: string, body: object): Promise<void> {
      const next = () =>
        new Promise<void>((resolve, reject) => {
          begun.push(name);
          ends.set(name, (error) => (error ? reject(error) : resolve()));
        });
      return middleware({ body, next } as unknown as Args);
    },
    end: (name: string, error?: Error) => ends.get(name)?.(error),
  };
}

/** A person's click, command and opening of the Home name them in three places. */
const BODIES = [
  { user: { id: 'U1', team_id: 'T1' } },
  { user_id: 'U1', command: '/sms' },
  { event: { type: 'app_home_opened', user: 'U1' } },
];

it('four of a person are handled at once, the others in their order, and another person’s at once', async () => {
  const handling = createHandling();
  const all = Array.from({ length: 60 }, (_, index) =>
    handling.receive(`anna ${index}`, BODIES[index % BODIES.length] as object),
  );
  await settle();
  const four = ['anna 0', 'anna 1', 'anna 2', 'anna 3'];
  expect(handling.begun).toEqual(four);
  all.push(handling.receive('ben', { user: { id: 'U2' } }));
  await settle();
  expect(handling.begun).toEqual([...four, 'ben']);
  handling.end('anna 2');
  await settle();
  expect(handling.begun).toEqual([...four, 'ben', 'anna 4']);
  for (let index = 0; index < 60; index += 1) {
    handling.end(`anna ${index}`);
    await settle();
  }
  handling.end('ben');
  await Promise.all(all);
  expect(handling.begun).toHaveLength(61);
});

it('one that fails makes room too', async () => {
  const handling = createHandling();
  const failing = Array.from({ length: 4 }, (_, index) => handling.receive(`${index}`, { user_id: 'U1' }));
  const fifth = handling.receive('4', { user_id: 'U1' });
  await settle();
  for (let index = 0; index < 4; index += 1) handling.end(`${index}`, new Error('no'));
  for (const one of failing) await expect(one).rejects.toThrow('no');
  await settle();
  handling.end('4');
  await fifth;
});
