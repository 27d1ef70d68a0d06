/** An id, a code, an address: set in the monospaced face, broken anywhere rather than overflowing. */
export const Mono = ({ children }: { readonly children: string }) => (
  <code className="font-mono text-small [overflow-wrap:anywhere]">{children}</code>
);
