/** Who has the lists that are not uploaded. In a file of its own: see export-process.ts. */
export const ORIGIN = 'bench';
