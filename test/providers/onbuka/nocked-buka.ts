import nock from 'nock';
import { createOnbukaProvider } from '../../../src/providers/onbuka/onbuka';
import { NOW_MS } from './fixtures';

export const provider = createOnbukaProvider({ now: () => NOW_MS });

/** Where a test says what the provider answers. */
export const buka = () => nock('https://api.onbuka.test');

/** For the whole test file: nothing but `buka()` is reachable, and each test uses up what it has set up. */
export function shutNetwork(): void {
  beforeAll(() => nock.disableNetConnect());
  afterEach(() => {
    const pending = nock.pendingMocks();
    nock.abortPendingRequests();
    nock.cleanAll();
    expect(pending).toEqual([]);
  });
  // Other test files of the same process are to find Node's own http again.
  afterAll(() => nock.restore());
}
