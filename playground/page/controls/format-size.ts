/** Bytes as people read them, in kilobytes or megabytes. */
export function formatSize(bytes: number, locale: string): string {
  const isSmall = bytes < 1024 * 1024;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: isSmall ? 'kilobyte' : 'megabyte',
    maximumFractionDigits: 1,
  }).format(isSmall ? bytes / 1024 : bytes / 1024 / 1024);
}
