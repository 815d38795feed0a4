/**
 * A text as it is sent: accents in one character with their letter (NFC), since a decomposed one makes the whole text
 * Unicode and doubles its price, and line ends as phones know them.
 */
export function composeText(text: string): string {
  return text.normalize('NFC').replace(/\r\n?/g, '\n');
}
