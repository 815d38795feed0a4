import { z } from 'zod';
import { JOBS, type JobKind, type JobPayload } from './jobs';

/**
 * Jobs that an earlier version enqueued may still wait when this one starts: each former name is done as the kind
 * that took its place. An entry may go once nobody updates from a version that used the name.
 */
export const FORMER_NAMES: Readonly<Record<string, JobKind>> = {
  'call-attention': 'post-alert',
  'record-reports': 'record-delivery-reports',
  'refresh-message': 'refresh-status-message',
};

/** A provider was called a channel until November 2026. */
const channelToProvider = z
  .looseObject({})
  .transform(({ channel, ...rest }) => ({ provider: channel, ...rest }));

/** An export had no id until November 2026. What a former try has uploaded is noted under this one. */
const toExportWithId = z
  .looseObject({})
  .transform((wanted) => ({ id: `${wanted.batchId}:${wanted.part}:${wanted.userId}`, ...wanted }));

/** How a payload of an earlier version becomes one of today. A payload of today passes unchanged. */
const FORMER_PAYLOADS: { readonly [K in JobKind]?: z.ZodType } = {
  'record-delivery-reports': channelToProvider,
  'record-inbound': channelToProvider,
  'compare-with-provider': channelToProvider,
  'export-batch': toExportWithId,
};

/** The payload of a job, of this version or an earlier one. Throws a ZodError where it is neither. */
export function parsePayload<K extends JobKind>(kind: K, payload: unknown): JobPayload<K> {
  const upToDate = FORMER_PAYLOADS[kind]?.parse(payload) ?? payload;
  return JOBS[kind].parse(upToDate) as JobPayload<K>;
}
