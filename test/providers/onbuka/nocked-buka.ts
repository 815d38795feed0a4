import nock from 'nock';
import { createOnbukaProvider } from '../../../src/providers/onbuka/onbuka';
import { NOW_MS } from './fixtures';

export const provider = createOnbukaProvider({ now: () => NOW_MS });

/** A test sets the provider's answers here. */
export const buka = () => nock('https://api.onbuka.test');

/** For the whole test file: only `buka()` is reachable, and each test must use all the answers that it has set. */
export function shutNetwork(): void {
  beforeAll(() => nock.disableNetConnect());
  afterEach(() => {
    const pending = nock.pendingMocks();
    nock.abortPendingRequests();
    nock.cleanAll();
    expect(pending).toEqual([]);
  });
  // Other test files in the same process need Node's own http.
  afterAll(() => nock.restore());
}
