/**
 * 'copy-refused': these two logs are not copied one into the other · 'source-moved': the source grew meanwhile ·
 * 'copy-differs': what stands in the target is not what stands in the source.
 */
export type CopyFaultCode = 'copy-refused' | 'source-moved' | 'copy-differs';

/** A copy that cannot be made, or is none. The source is as it was; what stands in the target stays there. */
export class CopyFault extends Error {
  readonly code: CopyFaultCode;

  constructor(code: CopyFaultCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
