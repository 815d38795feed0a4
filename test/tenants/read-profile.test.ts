import { readLocale, readTimeZone } from '../../src/tenants/read-profile';

it.each([
  ['Asia/Shanghai', 'Asia/Shanghai'],
  ['Asia/Kolkata', 'Asia/Kolkata'],
  ['Etc/GMT-8', 'Etc/GMT-8'],
  ['', 'UTC'],
  [undefined, 'UTC'],
  [null, 'UTC'],
  ['Etc/Unknown', 'UTC'],
  ['GMT+8', 'UTC'],
  ['UTC+8', 'UTC'],
  ['+08:00', 'UTC'],
  ['Mars/Olympus', 'UTC'],
])('reads the time zone %p as %s', (given, read) => {
  expect(readTimeZone(given)).toBe(read);
});

it.each([
  ['zh-CN', 'zh-CN'],
  ['zh_CN', 'zh-CN'],
  ['de-DE', 'de-DE'],
  ['', null],
  [undefined, null],
  ['not a locale', null],
  ['C.UTF-8', null],
])('reads the locale %p as %p', (given, read) => {
  expect(readLocale(given)).toBe(read);
});
