import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';

const read = (file: string) => readFileSync(resolve(__dirname, '../..', file), 'utf8');

interface Service {
  image?: string;
  build?: string;
  user?: string;
  environment: Record<string, string>;
  volumes?: string[];
  read_only?: boolean;
  tmpfs?: string[];
  cap_drop?: string[];
  cap_add?: string[];
  privileged?: boolean;
  security_opt?: string[];
  mem_limit?: string;
  pids_limit?: number;
}
const compose = parse(read('compose.yaml'), { merge: true });
const services = Object.entries<Service>(compose.services);
const inMiB = (limit = '') => Number.parseInt(limit, 10) * (limit.endsWith('g') ? 1024 : 1);

test.each(services)(
  '%s runs without root, capabilities and a writable image, within bounds',
  (_, service) => {
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
    expect(service.security_opt).toContain('no-new-privileges:true');
    expect(service.cap_add ?? []).toEqual([]);
    expect(service.privileged ?? false).toBe(false);
    expect(service.user).toMatch(/^(?!root|0(?::|$))\S+$/);
    expect(service.tmpfs?.join()).toContain('/tmp');
    expect(service.pids_limit).toBeGreaterThan(0);
    expect(service.mem_limit).toMatch(/^\d+[mg]$/);
    for (const volume of service.volumes ?? []) expect(volume).toMatch(/^postgres:|:ro$/);
  },
);

test('there are the three services, and a bot has more memory than the heap of its Node', () => {
  expect(services.map(([name]) => name)).toEqual(['postgres', 'web', 'worker']);
  const heap = Number(/--max-old-space-size=(\d+)/.exec(read('Dockerfile'))?.[1]);
  for (const name of ['web', 'worker'])
    expect(inMiB(compose.services[name].mem_limit)).toBeGreaterThan(heap * 1.25);
});

test('every image has an exact tag', () => {
  const built = [...read('Dockerfile').matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
  const images = [...services.flatMap(([, { image }]) => image ?? []), ...built];
  expect(images).toHaveLength(3);
  // A version to the last number that this image counts; and the distribution, since it moves too.
  for (const image of images)
    expect(image).toMatch(/^(node:\d+\.\d+\.\d+|postgres:\d+\.\d+)-(trixie|bookworm-slim)$/);
});

test('the image ends as a user that is not root', () => {
  expect([...read('Dockerfile').matchAll(/^USER (\S+)/gm)].map(([, user]) => user)).toEqual(['node']);
});

test('the bot connects as its own role, and is not told the password of the administrator', () => {
  const { postgres, web, worker } = compose.services as Record<string, Service>;
  expect(postgres?.environment.POSTGRES_USER).toBe('postgres');
  for (const bot of [web, worker]) {
    expect(bot?.environment.DATABASE_URL).toMatch(/^postgres:\/\/sms:/);
    expect(bot?.environment.POSTGRES_ADMIN_PASSWORD).toBe('');
  }
});
