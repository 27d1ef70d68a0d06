/** What binds a wrapped data key to its row and its account. */
export const dataKeyContext = (keyId: string, accountId: string) =>
  ['data-key', keyId, accountId].join('\u0000');

/** What binds a wrapped installation key to its row and its one purpose (H18). */
export const installationKeyContext = (keyId: string, kind: string) =>
  ['installation-key', kind, keyId].join('\u0000');

/** What binds a sealed column to its place: moved to another row or column it does not open. */
export const columnContext = (table: string, row: string, column: string) =>
  [table, row, column].join('\u0000');
