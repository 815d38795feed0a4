import { ask } from './ask-demo';
import type { Sample } from './wire';

/** The small list with which the tour begins. */
export const FIRST_SAMPLE = 'customers.csv';

export const sampleUrl = (name: string) => `/demo/samples/${encodeURIComponent(name)}`;

export async function listSamples(): Promise<Sample[]> {
  const answer = await ask<{ samples: Sample[] }>('/demo/samples');
  return answer.kind === 'answered' ? answer.body.samples : [];
}

/** The sample as a file, as if the person had chosen it from a disk; null when it cannot be loaded. */
export async function readSample(name: string): Promise<File | null> {
  try {
    const response = await fetch(sampleUrl(name), { signal: AbortSignal.timeout(10_000) });
    return response.ok ? new File([await response.blob()], name, { type: 'text/csv' }) : null;
  } catch {
    return null;
  }
}
