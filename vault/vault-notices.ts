/** What a provider may tell us by itself: a person took its consent back, or wants what came with it gone. */
export const noticeKinds = ['deauthorize', 'data-deletion'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** What a provider told us, checked. */
export interface Notice {
  readonly provider: string;
  readonly kind: NoticeKind;
  /** Of the provider's person. */
  readonly subject: string;
  /** Whole seconds, by the provider's clock. */
  readonly issuedAt: Date;
}

/** What anybody who has the code may know: nothing of whom it is about. */
export interface NoticeState {
  readonly kind: NoticeKind;
  readonly toldAt: Date;
  /** Null while it is still to be carried out. */
  readonly doneAt: Date | null;
}

/** Notices of providers, so that each is carried out once, also over a crash, and can be asked after. */
export interface Notices {
  /**
   * Notes a notice under its signature and answers its code: 128 bits that nobody can guess, the same for the same
   * signature of the same kind. `undone`: it is still to be carried out.
   */
  receive(
    notice: Notice,
    signature: Uint8Array,
    at: Date,
  ): Promise<{ readonly code: string; readonly undone: boolean }>;
  /** Those that nobody carried out yet, oldest first. */
  undone(max: number): Promise<readonly (Notice & { readonly code: string })[]>;
  /** Carried out: whom it was about is forgotten. */
  finish(code: string, at: Date): Promise<void>;
  find(code: string): Promise<NoticeState | undefined>;
}
