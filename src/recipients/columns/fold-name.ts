/** Longer cells are no headings. */
const MAX_NAME_CHARACTERS = 200;

/**
 * The name in a heading without what does not matter: full-width forms, case, accents, and everything that is neither a
 * letter nor a digit. `Phone_Number:` becomes `phonenumber`, `Téléphone` `telephone`.
 */
export function foldName(header: string): string {
  return header
    .slice(0, MAX_NAME_CHARACTERS)
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .normalize('NFC');
}

/** The folded words of a heading: `phone_number (home)` has three, `customerPhone` two. */
export function wordsOf(header: string): string[] {
  return header
    .slice(0, MAX_NAME_CHARACTERS)
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{M}\p{N}]/u)
    .map(foldName)
    .filter((word) => word !== '');
}
