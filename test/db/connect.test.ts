import { createTestDatabase, type TestDatabase } from '../setup/database';

describe('a database for a test file', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  test('has the tables of the queue', async () => {
    const { rows } = await database.knex.raw('select count(*) as jobs from graphile_worker.jobs');
    expect(rows).toEqual([{ jobs: '0' }]);
  });
});
