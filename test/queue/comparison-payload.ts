/** What a job that compares with a provider carries, but for the provider's name: its field was called differently before. */
export const COMPARISON = {
  id: '1',
  askedAt: '2026-11-20T08:00:00.000Z',
  tenantId: '1',
  userId: '2',
  from: '2026-11-20',
  to: '2026-11-21',
  timeZone: 'UTC',
};
