import { sniffFile } from '../../../src/recipients/files/recognise-file';

it.each([
  ['web_page', '<table><tr><td>Ann</td></tr></table>'],
  ['web_page', '\n\n <!DOCTYPE HTML>'],
  ['web_page', '<html xmlns:x="urn:schemas-microsoft-com:office:excel">'],
  ['web_page', '<meta charset="utf-8"><table>'],
  ['web_page', '<?xml version="1.0"?><html>'],
  ['web_page', 'MIME-Version: 1.0\nContent-Type: multipart/related'],
  ['spreadsheet', '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="x">'],
  ['spreadsheet', '<?xml version="1.0"?><ss:Workbook>'],
  ['contact_cards', 'BEGIN:VCARD\nVERSION:3.0'],
  ['contact_cards', '\r\nbegin:vcard'],
  ['text', '<Ann>,2025550123'],
  ['text', 'Ann <ann@example.com>,2025550123'],
  ['text', '[{"phone":"2025550123"}]'],
  ['text', 'PK,2025550123'],
])('says %s of %j in every encoding', (kind, text) => {
  const utf16 = Buffer.from(text, 'utf16le');
  const withMark = Buffer.from(`\ufeff${text}`, 'utf16le');
  for (const bytes of [
    Buffer.from(text),
    Buffer.from(`\ufeff${text}`),
    utf16,
    withMark,
    Buffer.from(withMark).swap16(),
  ]) {
    expect(sniffFile(bytes)).toBe(kind);
  }
});

it.each([
  ['empty', ''],
  ['workbook', '504b0304'],
  ['workbook', '504b0506'],
  ['spreadsheet', 'd0cf11e0a1b11ae1'],
  ['binary', '255044462d312e37'],
  ['binary', '1f8b0800'],
  ['binary', '7b5c72746631'],
])('says %s of the bytes %s', (kind, hex) => {
  expect(sniffFile(Buffer.from(hex, 'hex'))).toBe(kind);
});
