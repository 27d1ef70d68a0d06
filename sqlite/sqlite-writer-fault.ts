/** The lock was not had in time, or too many are waiting: certainly nothing was written. */
export class WriterBusy extends Error {
  readonly code = 'writer-busy';
}

/** COMMIT itself failed: the work may or may not be in the file. */
export class CommitFailed extends Error {
  readonly code = 'commit-failed';
}

/** The file is no longer the one under its path, or the writer was closed: certainly nothing was written. */
export class WriterGone extends Error {
  readonly code = 'writer-gone';
}
