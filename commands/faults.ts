/** Nothing certain can be said in time: nothing is lost, the person may try again. Answered as 503. */
export class TryAgain extends Error {
  readonly code = 'try-again';
}
